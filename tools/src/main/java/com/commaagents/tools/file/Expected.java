package com.commaagents.tools.file;

import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.disk.NotRegularFileException;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Checks that a file is still what the model thinks it is.
final class Expected {
  private Expected() {}

  /// Refuses what can only be a folder, before a file gets its name without the slash.
  static void nameOfAFile(String path) throws ToolError {
    if (path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..")) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          Printable.name(path) + " is the name of a folder",
          "name a file, without a slash at the end. Folders are made with the files in them, by"
              + " create_file with createParentDirectories.");
    }
  }

  /// @param expected the hash the model knows, if it gave one
  /// @throws ToolError STALE_FILE when the file has another
  static void hash(Resolved file, Optional<String> expected, String actual) throws ToolError {
    if (expected.isPresent() && !expected.get().equalsIgnoreCase(actual)) {
      throw new ToolError(
          ErrorKind.STALE_FILE,
          file.shown() + " has changed: its sha256 is " + actual + ", not " + expected.get(),
          "read it again with read_file, then repeat the change with the new sha256.");
    }
  }

  /// Checks that nobody wrote a file between reading it and now.
  ///
  /// @throws ToolError STALE_FILE when somebody did
  static void unchanged(Directory directory, Path name, Facts before, Resolved file)
      throws ToolError, IOException {
    if (directory.facts(name).filter(before::unchanged).isEmpty()) {
      throw new ToolError(
          ErrorKind.STALE_FILE,
          file.shown() + " was changed by somebody else just now",
          "read it again with read_file and repeat the change.");
    }
  }

  /// Refuses names that are links: deleting or moving one is not deleting or moving its file.
  static void noLink(Resolved file) throws ToolError {
    if (file.isLink()) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          file.shown() + " is a link to " + file.path(),
          "name the file itself, or treat the link with run_command.");
    }
  }

  /// What the name stands for, when it is a regular file.
  static Facts regularFile(Directory directory, Resolved file) throws IOException {
    Facts facts =
        directory
            .facts(file.name())
            .orElseThrow(() -> new java.nio.file.NoSuchFileException(file.shown()));
    if (!facts.isFile()) {
      throw new NotRegularFileException(file.shown(), facts.kind());
    }
    return facts;
  }
}
