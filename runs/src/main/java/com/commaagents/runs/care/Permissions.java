package com.commaagents.runs.care;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Who may read a file or folder. Where the file system knows no owners, nobody is let in.
public final class Permissions {
  private static final Set<PosixFilePermission> OWNER_FILE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private Permissions() {}

  /// Whether others than the owner are let in, or the owner is not.
  public static boolean isWrong(Path path) throws IOException {
    return knowsOwners(path) && !right(path).equals(Files.getPosixFilePermissions(path));
  }

  /// The permissions of a path, as `ls` writes them.
  public static String shown(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /// Lets the owner in, and nobody else.
  public static void restrict(Path path) throws IOException {
    if (knowsOwners(path)) {
      Files.setPosixFilePermissions(path, right(path));
    }
  }

  /// For a new file that only its owner may read.
  public static FileAttribute<?>[] ofNewFile(Path path) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
        : new FileAttribute<?>[0];
  }

  private static Set<PosixFilePermission> right(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? OWNER_FOLDER : OWNER_FILE;
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
