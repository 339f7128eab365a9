package com.commaagents.packages.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  public record Entry(
      byte[] name, byte[] content, int mode, int flags, int method, long claimedSize) {
    public static Entry of(String name, String content) {
      return of(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Entry of(String name, byte[] content) {
      int mode = name.endsWith("/") ? FOLDER : FILE;
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return new Entry(bytes, content, mode, 0x800, DEFLATED, content.length);
    }

    public Entry withMode(int other) {
      return new Entry(name, content, other, flags, method, claimedSize);
    }

    public Entry withName(byte[] other) {
      return new Entry(other, content, mode, flags, method, claimedSize);
    }

    public Entry withFlags(int other) {
      return new Entry(name, content, mode, other, method, claimedSize);
    }

    public Entry withMethod(int other) {
      return new Entry(name, content, mode, flags, other, claimedSize);
    }

    public Entry claiming(long size) {
      return new Entry(name, content, mode, flags, method, size);
    }
  }

  public ZipBytes add(String name, String content) {
    return add(Entry.of(name, content));
  }

  public ZipBytes add(Entry entry) {
    CRC32 crc = new CRC32();
    crc.update(entry.content());
    byte[] packed = entry.method() == DEFLATED ? deflated(entry.content()) : entry.content();
    ByteBuffer fields = buffer(26);
    fields.putShort((short) 20).putShort((short) entry.flags()).putShort((short) entry.method());
    fields.putInt(0).putInt((int) crc.getValue()).putInt(packed.length);
    fields.putInt((int) entry.claimedSize());
    fields.putShort((short) entry.name().length).putShort((short) 0);
    int offset = out.size();
    out.writeBytes(buffer(4).putInt(0x04034b50).array());
    out.writeBytes(fields.array());
    out.writeBytes(entry.name());
    out.writeBytes(packed);
    ByteBuffer header = buffer(46 + entry.name().length);
    header.putInt(0x02014b50).putShort((short) 0x031E).put(fields.array());
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putInt(entry.mode() << 16).putInt(offset).put(entry.name());
    table.add(header.array());
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
    short entries = (short) (count < 0 ? table.size() : count);
    ByteBuffer end = buffer(22 + comment.length);
    end.putInt(0x06054b50).putInt(0).putShort(entries).putShort(entries);
    end.putInt(all.size() - out.size()).putInt(out.size());
    end.putShort((short) comment.length).put(comment);
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
