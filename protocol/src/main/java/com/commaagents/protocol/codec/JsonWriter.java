package com.commaagents.protocol.codec;

import com.commaagents.base.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Writes one JSON value as UTF-8 into a growing array.
///
/// Writes strings as `JSON.stringify` does: what must be escaped is escaped in the shortest way, a
/// surrogate without its partner as `\\udxxx` so that the bytes are valid UTF-8 and no character is
/// lost, and all else stands as it is. Not thread-safe; one value each.
final class JsonWriter {
  /// More than any message can become; past it, or nearer to it than a few hundred bytes in the
  /// middle of a string, [IllegalStateException].
  static final int MAX_BYTES = 1 << 30;

  /// Characters for which room is made at once: a check for each would cost more than writing it.
  private static final int CHUNK = 64;

  /// A raw value of as many bytes is not copied before the text is finished.
  private static final int LARGE_BYTES = 16 << 10;

  private static final int MAX_BYTES_PER_CHAR = 6;
  private static final byte UNICODE = 'u';

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /// What follows the backslash, by character; 0 stands for the character itself.
  private static final byte[] ESCAPE = escapes();

  private final int maxBytes;
  private byte[] buffer;
  private int size;
  // Large values in the order in which they stand in the text, and their bytes.
  private final List<Large> large = new ArrayList<>();
  private long largeBytes;

  /// @param at how much of the buffer stands before it
  private record Large(int at, RawJson json) {}

  JsonWriter(long expectedBytes) {
    this(expectedBytes, MAX_BYTES);
  }

  JsonWriter(long expectedBytes, int maxBytes) {
    this.maxBytes = maxBytes;
    buffer = new byte[(int) Math.min(expectedBytes, maxBytes)];
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
    if ((last != '{' && last != '[') || endsWithLarge()) {
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

  /// As [#raw(byte[])].
  void raw(RawJson json) {
    if (json.length() < LARGE_BYTES) {
      reserve(json.length());
      size = json.copyTo(buffer, size);
    } else {
      large.add(new Large(size, json));
      largeBytes += json.length();
      requireRoom(0);
    }
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
    symbol('"');
    int at = 0;
    while (at < length) {
      int end = Math.min(length, at + CHUNK);
      reserve((end - at) * MAX_BYTES_PER_CHAR);
      at = characters(text, at, end);
    }
    symbol('"');
  }

  void tree(JsonNode node) {
    TreeWriter.write(node, this);
  }

  byte[] toByteArray() {
    if (large.isEmpty()) {
      return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }
    requireRoom(0);
    byte[] all = new byte[(int) (size + largeBytes)];
    int from = 0;
    int to = 0;
    for (Large next : large) {
      System.arraycopy(buffer, from, all, to, next.at - from);
      to = next.json.copyTo(all, to + next.at - from);
      from = next.at;
    }
    System.arraycopy(buffer, from, all, to, size - from);
    return all;
  }

  private boolean endsWithLarge() {
    return !large.isEmpty() && large.getLast().at == size;
  }

  void symbol(char ascii) {
    reserve(1);
    buffer[size++] = (byte) ascii;
  }

  /// Text of which every character is written as it stands, without quotes.
  void ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  /// Writes characters for which there is room, whatever they are.
  ///
  /// @return where the next one is; one past the end where a pair of surrogates lies across it
  private int characters(String text, int from, int end) {
    // Locals all through, as the compiler keeps them in registers and fields not.
    byte[] bytes = buffer;
    int to = size;
    int at = from;
    while (at < end) {
      char c = text.charAt(at++);
      if (c < 0x80) {
        byte escape = ESCAPE[c];
        if (escape == 0) {
          bytes[to++] = (byte) c;
        } else if (escape == UNICODE) {
          to = unicode(bytes, to, c);
        } else {
          bytes[to++] = '\\';
          bytes[to++] = escape;
        }
      } else if (c < 0x800) {
        bytes[to++] = (byte) (0xc0 | (c >> 6));
        bytes[to++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        bytes[to++] = (byte) (0xe0 | (c >> 12));
        bytes[to++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[to++] = (byte) (0x80 | (c & 0x3f));
      } else if (startsPair(text, at - 1)) {
        to = supplementary(bytes, to, Character.toCodePoint(c, text.charAt(at++)));
      } else {
        to = unicode(bytes, to, c);
      }
    }
    size = to;
    return at;
  }

  private static boolean startsPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static int supplementary(byte[] bytes, int at, int point) {
    bytes[at] = (byte) (0xf0 | (point >> 18));
    bytes[at + 1] = (byte) (0x80 | ((point >> 12) & 0x3f));
    bytes[at + 2] = (byte) (0x80 | ((point >> 6) & 0x3f));
    bytes[at + 3] = (byte) (0x80 | (point & 0x3f));
    return at + 4;
  }

  private static int unicode(byte[] bytes, int at, char c) {
    bytes[at] = '\\';
    bytes[at + 1] = 'u';
    bytes[at + 2] = HEX[c >> 12];
    bytes[at + 3] = HEX[(c >> 8) & 0xf];
    bytes[at + 4] = HEX[(c >> 4) & 0xf];
    bytes[at + 5] = HEX[c & 0xf];
    return at + 6;
  }

  private void reserve(int bytes) {
    if (buffer.length - size < bytes) {
      grow(bytes);
    }
  }

  private void grow(int bytes) {
    requireRoom(bytes);
    long needed = (long) size + bytes;
    buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, Math.max(needed, 2L * buffer.length)));
  }

  private void requireRoom(int bytes) {
    if (size + largeBytes + bytes > maxBytes) {
      throw new IllegalStateException("a message of more than " + maxBytes + " bytes");
    }
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, 0x20, UNICODE);
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
