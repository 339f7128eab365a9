package com.commaagents.base.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// A JSON value as its UTF-8 text, which is kept and passed on without being read. Immutable; equal
/// to another one of the same bytes.
///
/// May be a part of a larger array, which it keeps in memory.
public final class RawJson {
  private final byte[] array;
  private final int offset;
  private final int length;

  private RawJson(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
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
    return new RawJson(array, offset, length);
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
  public int copyTo(byte[] into, int at) {
    System.arraycopy(array, offset, into, at, length);
    return at + length;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, offset, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(array, offset, length).hashCode();
  }

  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
