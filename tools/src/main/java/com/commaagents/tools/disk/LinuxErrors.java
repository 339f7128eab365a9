package com.commaagents.tools.disk;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// What the numbers mean by which Linux tells errors; the same on all machines.
final class LinuxErrors {
  static final int NO_SUCH_FILE = 2;

  private LinuxErrors() {}

  /// @param result an error's number when it is below zero
  /// @throws FileSystemException the one that Java has for the error
  static int checked(int result, Path path) throws FileSystemException {
    if (result >= 0) {
      return result;
    }
    String shown = path.toString();
    throw switch (-result) {
      case NO_SUCH_FILE -> new NoSuchFileException(shown);
      case 1, 13 -> new AccessDeniedException(shown);
      case 17 -> new FileAlreadyExistsException(shown);
      case 20, 40 -> new NotDirectoryException(shown);
      default -> new FileSystemException(shown, null, reason(-result));
    };
  }

  // As the C library words them, and with it Java: others look for these texts.
  private static String reason(int error) {
    return switch (error) {
      case 23, 24 -> "Too many open files";
      case 28 -> "No space left on device";
      case 30 -> "Read-only file system";
      case 36 -> "File name too long";
      case 122 -> "Disk quota exceeded";
      default -> "error " + error;
    };
  }
}
