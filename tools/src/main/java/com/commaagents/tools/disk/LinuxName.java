package com.commaagents.tools.disk;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// A name as a folder of Linux lists it: bytes that end with a zero, and a type. In the order of
/// the bytes, as paths are.
final class LinuxName implements Comparable<LinuxName> {
  private static final int UNKNOWN = 0;
  private static final int DIRECTORY = 4;
  private static final int FILE = 8;
  private static final int LINK = 10;

  private final byte[] bytes;
  private final int type;

  LinuxName(byte[] bytes, int type) {
    this.bytes = bytes;
    this.type = type;
  }

  /// A name of a path as bytes that end with a zero.
  static byte[] bytes(Path name) {
    String text = name.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
    // Only as an address does a path tell its bytes; a folder's may end with a slash.
    String address = Path.of("/").resolve(name).toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i < address.length() && address.charAt(i) != '/'; i++) {
      if (address.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(address, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(address.charAt(i));
      }
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  /// @param type as in a listing, or in the upper bits of a file's mode
  static Facts.Kind kind(int type) {
    return switch (type) {
      case FILE -> Facts.Kind.FILE;
      case DIRECTORY -> Facts.Kind.DIRECTORY;
      case LINK -> Facts.Kind.LINK;
      default -> Facts.Kind.OTHER;
    };
  }

  byte[] bytes() {
    return bytes;
  }

  Facts.Kind kind() {
    return kind(type);
  }

  /// Whether it was told what it stands for. Some disks do not.
  boolean hasKind() {
    return type != UNKNOWN;
  }

  /// Whether it is that of the folder itself, or of the one around it.
  boolean isDots() {
    return bytes[0] == '.' && (bytes[1] == 0 || (bytes[1] == '.' && bytes[2] == 0));
  }

  FolderItem item(Facts.Kind kind, long size) {
    return new FolderItem(path(), kind, size, bytes);
  }

  private Path path() {
    int length = bytes.length - 1;
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return pathOfBytes(length);
      }
    }
    return Path.of(new String(bytes, 0, length, StandardCharsets.US_ASCII));
  }

  // The other way round.
  private Path pathOfBytes(int length) {
    StringBuilder address = new StringBuilder("file:///");
    for (int i = 0; i < length; i++) {
      address.append("%%%02X".formatted(bytes[i] & 0xFF));
    }
    return Path.of(URI.create(address.toString())).getFileName();
  }

  @Override
  public int compareTo(LinuxName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinuxName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
