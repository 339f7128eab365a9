package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why the disk refused, in words for a user.
final class Reasons {
  private Reasons() {}

  static String of(IOException refused) {
    return switch (refused) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException taken -> taken.getFile() + " is not a folder";
      case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> refused.getMessage() == null ? "input/output error" : refused.getMessage();
    };
  }
}
