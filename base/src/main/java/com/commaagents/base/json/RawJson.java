package com.commaagents.base.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// A JSON value as its UTF-8 text, which is kept and passed on without being read. Immutable; equal
/// to another one of the same bytes.
///
/// May be a part of a larger array, which it keeps in memory, and may lie in several places.
public abstract sealed class RawJson {
  private final int length;

  private RawJson(int length) {
    this.length = length;
  }

  public static RawJson of(JsonNode node) {
    return trusted(Json.writeBytes(node));
  }

  /// Text of which it is known that it is one JSON value: it has been written or read as such.
  ///
  /// @param utf8 nobody writes into it from now on
  public static RawJson trusted(byte[] utf8) {
    return trusted(utf8, 0, utf8.length);
  }

  /// As [#trusted(byte[])], of a part of an array.
  public static RawJson trusted(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Part(array, offset, length);
  }

  /// As [#trusted(byte[])], of pieces that are one JSON value only together. They are not copied.
  ///
  /// @throws ArithmeticException past 2 GiB
  public static RawJson trusted(List<RawJson> pieces) {
    long length = pieces.stream().mapToLong(RawJson::length).sum();
    return new Joined(List.copyOf(pieces), Math.toIntExact(length));
  }

  /// @throws IllegalStateException when it was trusted and is not JSON
  public JsonNode read() {
    return Json.parse(toString()).orElseThrow(() -> new IllegalStateException("not JSON: " + this));
  }

  public int length() {
    return length;
  }

  /// Copies its text into an array.
  ///
  /// @return where the next byte goes
  public abstract int copyTo(byte[] into, int at);

  public abstract void writeTo(OutputStream out) throws IOException;

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson that
        && length == that.length
        && Arrays.equals(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[length];
    int _ = copyTo(bytes, 0);
    return bytes;
  }

  private static final class Part extends RawJson {
    private final byte[] array;
    private final int offset;

    Part(byte[] array, int offset, int length) {
      super(length);
      this.array = array;
      this.offset = offset;
    }

    @Override
    public int copyTo(byte[] into, int at) {
      System.arraycopy(array, offset, into, at, length());
      return at + length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(array, offset, length());
    }
  }

  private static final class Joined extends RawJson {
    private final List<RawJson> pieces;

    Joined(List<RawJson> pieces, int length) {
      super(length);
      this.pieces = pieces;
    }

    @Override
    public int copyTo(byte[] into, int at) {
      int end = at;
      for (RawJson piece : pieces) {
        end = piece.copyTo(into, end);
      }
      return end;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (RawJson piece : pieces) {
        piece.writeTo(out);
      }
    }
  }
}
