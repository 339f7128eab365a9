package com.commaagents.base.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Files that only their owner may read.
public final class PrivateFiles {
  /// The mode of such a file, where files have modes.
  static final FileAttribute<?>[] OWNER_ONLY = mode("rw-------");

  private PrivateFiles() {}

  /// Replaces a file in one step: readers see the old bytes or the new ones, also after a power
  /// loss. A symbolic link stays one; the file it leads to is replaced.
  public static void replace(Path path, byte[] bytes) throws IOException {
    replace(path, bytes, Optional.empty());
  }

  /// As [#replace], but the file keeps its permissions.
  public static void rewrite(Path path, byte[] bytes) throws IOException {
    replace(
        path,
        bytes,
        isPosix() ? Optional.of(Files.getPosixFilePermissions(path)) : Optional.empty());
  }

  private static void replace(
      Path path, byte[] bytes, Optional<Set<PosixFilePermission>> permissions) throws IOException {
    Path target = target(path);
    Path folder = makeFolder(target);
    Path aside = Files.createTempFile(folder, ".private", ".tmp", OWNER_ONLY);
    try {
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        if (permissions.isPresent()) {
          Files.setPosixFilePermissions(aside, permissions.get());
        }
        channel.force(true);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
    forceFolder(folder);
  }

  /// The file itself where `path` leads to it by a link.
  static Path target(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  /// The folder of a file, made for the owner only where there is none.
  static Path makeFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, mode("rwx------"));
    }
    return folder;
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  // Elsewhere a folder cannot be opened, and its entries are durable anyway.
  private static void forceFolder(Path folder) throws IOException {
    if (isPosix()) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
