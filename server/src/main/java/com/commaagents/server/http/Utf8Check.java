package com.commaagents.server.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Says of bytes that come in pieces whether they are UTF-8, at the first byte that is wrong.
///
/// Source: Unicode 16 table 3-7, well-formed byte sequences: no overlong form, no surrogate,
/// nothing above U+10FFFF.
final class Utf8Check {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  // The bytes the current character still lacks, and the range the next of them must be in.
  private int missing;
  private int low = 0x80;
  private int high = 0xBF;

  /// Takes `bytes[from, to)`; false when they cannot be part of valid UTF-8. Then all is lost.
  boolean accepts(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (missing == 0) {
        at = skipAscii(bytes, at, to);
        if (at == to) {
          return true;
        }
      }
      if (!accept(bytes[at++] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /// Whether no character is left open.
  boolean isComplete() {
    return missing == 0;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && ((long) LONG.get(bytes, at) & NOT_ASCII) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  private boolean accept(int b) {
    if (missing == 0) {
      return lead(b);
    }
    boolean valid = b >= low && b <= high;
    missing--;
    low = 0x80;
    high = 0xBF;
    return valid;
  }

  private boolean lead(int b) {
    if (b < 0x80) {
      return true;
    }
    if (b < 0xC2 || b > 0xF4) {
      return false;
    }
    missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    switch (b) {
      case 0xE0 -> low = 0xA0;
      case 0xED -> high = 0x9F;
      case 0xF0 -> low = 0x90;
      case 0xF4 -> high = 0x8F;
      default -> {}
    }
    return true;
  }
}
