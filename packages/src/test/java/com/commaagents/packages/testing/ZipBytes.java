package com.commaagents.packages.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes ZIP files byte by byte, also such as no decent program writes.
public final class ZipBytes {
  public static final int FILE = 0100644;
  public static final int EXECUTABLE = 0100755;
  public static final int FOLDER = 0040755;
  public static final int LINK = 0120777;

  private static final int DEFLATED = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<byte[]> table = new ArrayList<>();
  private byte[] comment = new byte[0];
  private int count = -1;

  /// An entry that can lie about itself.
  public static final class Entry {
    private byte[] name;
    private final byte[] content;
    private int mode;
    private int flags = 0x800;
    private int method = DEFLATED;
    private long claimedSize;

    private Entry(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.content = content;
      this.mode = name.endsWith("/") ? FOLDER : FILE;
      this.claimedSize = content.length;
    }

    public static Entry of(String name, String content) {
      return new Entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Entry of(String name, byte[] content) {
      return new Entry(name, content.clone());
    }

    public Entry withMode(int other) {
      mode = other;
      return this;
    }

    public Entry withName(byte[] other) {
      name = other.clone();
      return this;
    }

    public Entry withFlags(int other) {
      flags = other;
      return this;
    }

    public Entry withMethod(int other) {
      method = other;
      return this;
    }

    public Entry claiming(long size) {
      claimedSize = size;
      return this;
    }
  }

  /// Numbers as ZIP files have them.
  private static final class Fields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Fields two(int value) {
      bytes.write(value);
      bytes.write(value >>> 8);
      return this;
    }

    Fields four(long value) {
      return two((int) value).two((int) (value >>> 16));
    }

    Fields raw(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }

    byte[] all() {
      return bytes.toByteArray();
    }
  }

  public ZipBytes add(String name, String content) {
    return add(Entry.of(name, content));
  }

  public ZipBytes add(Entry entry) {
    CRC32 crc = new CRC32();
    crc.update(entry.content);
    byte[] packed = entry.method == DEFLATED ? deflated(entry.content) : entry.content;
    byte[] common =
        new Fields()
            .two(20)
            .two(entry.flags)
            .two(entry.method)
            .four(0)
            .four(crc.getValue())
            .four(packed.length)
            .four(entry.claimedSize)
            .two(entry.name.length)
            .two(0)
            .all();
    int offset = out.size();
    out.writeBytes(new Fields().four(0x04034b50).raw(common).raw(entry.name).raw(packed).all());
    table.add(
        new Fields()
            .four(0x02014b50)
            .two(0x031E)
            .raw(common)
            .two(0)
            .two(0)
            .two(0)
            .four((long) entry.mode << 16)
            .four(offset)
            .raw(entry.name)
            .all());
    return this;
  }

  private static byte[] deflated(byte[] content) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[64 << 10];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    }
  }

  public ZipBytes comment(byte[] bytes) {
    comment = bytes.clone();
    return this;
  }

  /// Has the end say another number of entries.
  public ZipBytes claimingEntries(int number) {
    count = number;
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    table.forEach(all::writeBytes);
    int entries = count < 0 ? table.size() : count;
    all.writeBytes(
        new Fields()
            .four(0x06054b50)
            .four(0)
            .two(entries)
            .two(entries)
            .four(all.size() - out.size())
            .four(out.size())
            .two(comment.length)
            .raw(comment)
            .all());
    return all.toByteArray();
  }
}
