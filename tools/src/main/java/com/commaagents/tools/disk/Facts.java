package com.commaagents.tools.disk;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;

/// What a folder says about one of its names; a link is not followed.
///
/// @param identity device and number of the file, equal as long as it is the same file
/// @param attributes the rest; its owner costs a look into the system's list of users, so it is
///   asked for only when it is needed
public record Facts(
    Kind kind, long size, FileTime modified, Object identity, PosixFileAttributes attributes) {

  /// What a name stands for.
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    /// A device, pipe or socket.
    OTHER
  }

  static Facts of(PosixFileAttributes attributes) {
    Kind kind =
        attributes.isRegularFile()
            ? Kind.FILE
            : attributes.isDirectory()
                ? Kind.DIRECTORY
                : attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    return new Facts(
        kind, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), attributes);
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /// Whether the file is the same and has not been written since.
  public boolean unchanged(Facts later) {
    return identity.equals(later.identity) && size == later.size && modified.equals(later.modified);
  }
}
