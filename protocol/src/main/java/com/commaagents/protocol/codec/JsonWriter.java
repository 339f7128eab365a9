package com.commaagents.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Writes one JSON value as UTF-8 into a growing array.
///
/// Writes strings as `JSON.stringify` does: what must be escaped is escaped in the shortest way, a
/// surrogate without its partner as `\\udxxx` so that the bytes are valid UTF-8 and no character is
/// lost, and all else stands as it is. Not thread-safe; one value each.
final class JsonWriter {
  /// More than any message can become; past it [IllegalStateException].
  static final int MAX_BYTES = 1 << 30;

  /// Of an opaque tree, more than a parser lets in; past it [IllegalArgumentException].
  static final int MAX_DEPTH = 1_000;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /// What follows the backslash, by character; 0 stands for the character itself.
  private static final byte[] ESCAPE = escapes();

  private byte[] buffer;
  private int size;

  JsonWriter(int expectedBytes) {
    buffer = new byte[expectedBytes];
  }

  void beginObject() {
    symbol('{');
  }

  void endObject() {
    symbol('}');
  }

  void beginArray() {
    symbol('[');
  }

  void endArray() {
    symbol(']');
  }

  /// A comma where one is due. A value never ends in an opening bracket, so the last byte tells.
  void separator() {
    byte last = size == 0 ? (byte) '[' : buffer[size - 1];
    if (last != '{' && last != '[') {
      symbol(',');
    }
  }

  /// A name with its quotes and colon, after a comma where one is due.
  void name(byte[] quotedWithColon) {
    separator();
    raw(quotedWithColon);
  }

  /// Bytes that are JSON already.
  void raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, buffer, size, json.length);
    size += json.length;
  }

  void nothing() {
    raw(NULL);
  }

  void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  void number(long value) {
    if (value < 0 || value > 999_999_999L) {
      ascii(Long.toString(value));
      return;
    }
    int rest = (int) value;
    int digits = 1;
    for (int power = rest; power >= 10; power /= 10) {
      digits++;
    }
    reserve(digits);
    for (int i = size + digits - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /// A number that is not finite becomes `null`, as JSON has none.
  void number(double value) {
    if (!Double.isFinite(value)) {
      nothing();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      number((long) value);
    } else {
      ascii(Double.toString(value));
    }
  }

  void string(String text) {
    int length = text.length();
    reserve(length + 2L);
    buffer[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80 && ESCAPE[c] == 0) {
        buffer[size++] = (byte) c;
      } else {
        // INVARIANT: after it there is room for all that follows, one byte a character.
        reserve(length - i + 7L);
        i += special(text, i, c);
      }
    }
    buffer[size++] = '"';
  }

  void tree(JsonNode node) {
    tree(node, MAX_DEPTH);
  }

  byte[] toByteArray() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private void symbol(char ascii) {
    reserve(1);
    buffer[size++] = (byte) ascii;
  }

  private void ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  /// Writes at most 6 bytes for a character that is not itself as one byte.
  ///
  /// @return how many further characters it took
  private int special(String text, int at, char c) {
    if (c < 0x80) {
      escape(c);
    } else if (c < 0x800) {
      buffer[size++] = (byte) (0xc0 | (c >> 6));
      buffer[size++] = (byte) (0x80 | (c & 0x3f));
    } else if (!Character.isSurrogate(c)) {
      buffer[size++] = (byte) (0xe0 | (c >> 12));
      buffer[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      buffer[size++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      int point = Character.toCodePoint(c, text.charAt(at + 1));
      buffer[size++] = (byte) (0xf0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      buffer[size++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    } else {
      unicode(c);
    }
    return 0;
  }

  private void escape(char c) {
    if (ESCAPE[c] == 'u') {
      unicode(c);
    } else {
      buffer[size++] = '\\';
      buffer[size++] = ESCAPE[c];
    }
  }

  private void unicode(char c) {
    buffer[size++] = '\\';
    buffer[size++] = 'u';
    buffer[size++] = HEX[c >> 12];
    buffer[size++] = HEX[(c >> 8) & 0xf];
    buffer[size++] = HEX[(c >> 4) & 0xf];
    buffer[size++] = HEX[c & 0xf];
  }

  private void tree(JsonNode node, int depthLeft) {
    if (depthLeft == 0) {
      throw new IllegalArgumentException("a tree deeper than " + MAX_DEPTH);
    }
    switch (node.getNodeType()) {
      case OBJECT -> object(node, depthLeft);
      case ARRAY -> array(node, depthLeft);
      case STRING, BINARY -> string(node.asString());
      case NUMBER -> numberNode(node);
      case BOOLEAN -> bool(node.booleanValue());
      case NULL -> nothing();
      case MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private void object(JsonNode node, int depthLeft) {
    beginObject();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      separator();
      string(property.getKey());
      symbol(':');
      tree(property.getValue(), depthLeft - 1);
    }
    endObject();
  }

  private void array(JsonNode node, int depthLeft) {
    beginArray();
    for (JsonNode item : node) {
      separator();
      tree(item, depthLeft - 1);
    }
    endArray();
  }

  private void numberNode(JsonNode node) {
    if (node.isDouble() || node.isFloat()) {
      boolean finite = Double.isFinite(node.doubleValue());
      ascii(finite ? node.asString() : "null");
    } else {
      ascii(node.asString());
    }
  }

  private void reserve(long bytes) {
    if (buffer.length - size < bytes) {
      grow(bytes);
    }
  }

  private void grow(long bytes) {
    long needed = size + bytes;
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("a message of more than " + MAX_BYTES + " bytes");
    }
    buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * buffer.length)));
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, 0x20, (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }
}
