package com.commaagents.tools.disk;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/// What a folder says about one of its names; a link is not followed.
///
/// @param identity device and number of the file, equal as long as it is the same file
public record Facts(
    Kind kind,
    long size,
    FileTime modified,
    Object identity,
    Set<PosixFilePermission> permissions,
    UserPrincipal owner,
    GroupPrincipal group) {
  public Facts {
    permissions = Set.copyOf(permissions);
  }

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
        kind,
        attributes.size(),
        attributes.lastModifiedTime(),
        attributes.fileKey(),
        attributes.permissions(),
        attributes.owner(),
        attributes.group());
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
