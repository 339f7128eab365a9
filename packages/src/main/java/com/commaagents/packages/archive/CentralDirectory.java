package com.commaagents.packages.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The table of contents of a ZIP file, with what the JDK does not tell: the kind that a Unix file
/// system gave an entry, and entries of one and the same name.
///
/// Strict: one archive and nothing before, between or behind it that could be read as another one.
/// No encryption, no ZIP64, which archives of this size do not need. Limits: those of [Unpacking].
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.12, 4.3.16 and 4.4.
final class CentralDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int HEADER_SIGNATURE = 0x02014b50;
  private static final int HEADER_BYTES = 46;
  private static final int MAX_COMMENT_BYTES = 0xFFFF;
  private static final int ENCRYPTED = 0x41;
  private static final int UNIX_KIND = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int FOLDER = 0x4000;

  private CentralDirectory() {}

  /// @param name as it is written, in UTF-8
  /// @param size when unpacked, as the archive claims
  record Entry(String name, long size) {}

  /// The entries in their order.
  ///
  /// @throws UnsafeArchive when this is no such file, or an entry is neither file nor folder
  static List<Entry> of(Path archive) throws IOException, UnsafeArchive {
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
      ByteBuffer tail = tail(channel);
      int end = end(tail);
      int count = tail.getShort(end + 10) & 0xFFFF;
      long size = tail.getInt(end + 12) & 0xFFFF_FFFFL;
      long start = tail.getInt(end + 16) & 0xFFFF_FFFFL;
      long endAt = channel.size() - tail.limit() + end;
      boolean whole = tail.getInt(end + 4) == 0 && (tail.getShort(end + 8) & 0xFFFF) == count;
      if (!whole || start + size != endAt) {
        throw new UnsafeArchive("its table of contents is not where it should be");
      }
      if (count > Unpacking.MAX_ENTRIES) {
        throw new UnsafeArchive("it has more than " + Unpacking.MAX_ENTRIES + " entries");
      }
      return entries(read(channel, start, (int) size), count);
    }
  }

  private static ByteBuffer tail(FileChannel channel) throws IOException {
    int length = (int) Math.min(channel.size(), END_BYTES + MAX_COMMENT_BYTES);
    return read(channel, channel.size() - length, length);
  }

  /// Where the end record begins: the only one whose comment ends where the file does.
  private static int end(ByteBuffer tail) throws UnsafeArchive {
    int found = -1;
    for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && at + END_BYTES + (tail.getShort(at + 20) & 0xFFFF) == tail.limit()) {
        if (found >= 0) {
          throw new UnsafeArchive("it can be read as two archives");
        }
        found = at;
      }
    }
    if (found < 0) {
      throw new UnsafeArchive("it is no ZIP file");
    }
    return found;
  }

  private static List<Entry> entries(ByteBuffer table, int count) throws UnsafeArchive {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (table.limit() - at < HEADER_BYTES || table.getInt(at) != HEADER_SIGNATURE) {
        throw new UnsafeArchive("its table of contents is damaged");
      }
      int nameLength = table.getShort(at + 28) & 0xFFFF;
      int extraLength = table.getShort(at + 30) & 0xFFFF;
      int commentLength = table.getShort(at + 32) & 0xFFFF;
      int next = at + HEADER_BYTES + nameLength + extraLength + commentLength;
      if (next > table.limit()) {
        throw new UnsafeArchive("its table of contents is damaged");
      }
      entries.add(entry(table, at, nameLength));
      at = next;
    }
    if (at != table.limit()) {
      throw new UnsafeArchive("its table of contents has more than it says");
    }
    return entries;
  }

  private static Entry entry(ByteBuffer table, int at, int nameLength) throws UnsafeArchive {
    byte[] bytes = new byte[nameLength];
    table.get(at + HEADER_BYTES, bytes);
    String name = name(bytes);
    if ((table.getShort(at + 8) & ENCRYPTED) != 0) {
      throw new UnsafeArchive(EntryNames.shown(name) + " is encrypted");
    }
    int method = table.getShort(at + 10);
    if (method != 0 && method != 8) {
      throw new UnsafeArchive(EntryNames.shown(name) + " is packed in a way that is not known");
    }
    int kind = (table.getInt(at + 38) >>> 16) & UNIX_KIND;
    boolean asItsName = kind == 0 || kind == (name.endsWith("/") ? FOLDER : REGULAR);
    if (!asItsName) {
      throw new UnsafeArchive(
          EntryNames.shown(name) + " is a link or another special file, and no plain one");
    }
    return new Entry(name, table.getInt(at + 24) & 0xFFFF_FFFFL);
  }

  private static String name(byte[] bytes) throws UnsafeArchive {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new UnsafeArchive("a name in it is no UTF-8");
    }
  }

  private static ByteBuffer read(FileChannel channel, long start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, start + bytes.position()) < 0) {
        throw new IOException("the archive was cut meanwhile");
      }
    }
    return bytes.flip();
  }
}
