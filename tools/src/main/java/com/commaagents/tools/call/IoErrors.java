package com.commaagents.tools.call;

import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.disk.NotRegularFileException;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// What the disk said, as a model can use it.
public final class IoErrors {
  private IoErrors() {}

  /// @param shown the path it is about, fit for a line of output
  public static ToolError of(IOException failed, String shown) {
    return switch (failed) {
      case NoSuchFileException _ -> notFound(shown);
      case AccessDeniedException _ ->
          new ToolError(
              ErrorKind.PERMISSION_DENIED,
              "The system denied access to " + shown,
              "use another path; the daemon's user has no right to this one.");
      case FileAlreadyExistsException _ -> alreadyExists(shown);
      case NotDirectoryException _ ->
          new ToolError(
              ErrorKind.NOT_FOUND,
              "A folder on the way to " + shown + " is a file, or was exchanged meanwhile",
              "look at its parents with list_directory and try again.");
      case NotRegularFileException other -> notRegular(other, shown);
      case FileSystemException other ->
          new ToolError(
              ErrorKind.UNKNOWN,
              "The system refused " + shown + reason(other.getReason()),
              next(other.getReason(), "look at the path with list_directory and try again."));
      default ->
          new ToolError(
              ErrorKind.UNKNOWN,
              "Working on " + shown + " failed" + reason(failed.getMessage()),
              next(failed.getMessage(), "try again; if it fails again, tell the user."));
    };
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }

  // Java has no exceptions of their own for these.
  private static String next(@Nullable String reason, String otherwise) {
    return switch (reason == null ? "" : reason) {
      case "No space left on device", "Disk quota exceeded" ->
          "nothing was changed; tell the user that the disk is full, or delete what nobody needs.";
      case "File name too long" -> "use a shorter name.";
      case "Read-only file system" -> "write somewhere else, or tell the user.";
      default -> otherwise;
    };
  }

  public static ToolError notFound(String shown) {
    return new ToolError(
        ErrorKind.NOT_FOUND,
        "File does not exist: " + shown,
        "find the right path with list_directory or glob, or make the file with create_file.");
  }

  public static ToolError alreadyExists(String shown) {
    return new ToolError(
        ErrorKind.ALREADY_EXISTS,
        "There is a file already: " + shown,
        "read it with read_file, then change it with edit_file or write_file.");
  }

  private static ToolError notRegular(NotRegularFileException other, String shown) {
    return other.kind() == Facts.Kind.DIRECTORY
        ? new ToolError(
            ErrorKind.UNKNOWN,
            shown + " is a folder, not a file",
            "list it with list_directory, or name a file in it.")
        : new ToolError(
            ErrorKind.UNKNOWN,
            shown + " is a link, device, pipe or socket, not a regular file",
            "name a regular file; links and special files are left alone.");
  }
}
