package com.commaagents.packages.disk;

import com.commaagents.strategy.installed.PackageReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A checksum of all names and files in a package's folder, but for its receipt.
///
/// Limit: of more than [#MAX_ENTRIES] the checksum is that of no package.
public final class TreeChecksum {
  /// No archive brings as many.
  static final int MAX_ENTRIES = 20_000;

  private TreeChecksum() {}

  public static String of(Path root) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(root)) {
      entries = walk.limit(MAX_ENTRIES + 1L).sorted().toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    MessageDigest sum = sha256();
    for (Path entry : entries) {
      String name = root.relativize(entry).toString();
      if (!name.equals(PackageReceipt.FILE_NAME)) {
        sum.update((name + "\0" + kind(entry) + "\0").getBytes(StandardCharsets.UTF_8));
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          sum.update(content(entry));
        }
      }
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  private static String kind(Path entry) {
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      return "folder";
    }
    return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? "file" : "other";
  }

  private static byte[] content(Path file) throws IOException {
    MessageDigest sum = sha256();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), sum)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return sum.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
