package com.commaagents.tools.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Pieces of text of which a file must hold one, so that it can hold what is looked for; looked for
/// in its bytes, which is fast.
///
/// INVARIANT: a file without any of them holds nothing that is looked for. In UTF-8 no character's
/// bytes can be part of others', and where bytes are no UTF-8 those that are still come out as
/// their characters; so a text holds a piece only if the bytes hold the piece's bytes.
///
/// @param pieces the bytes as characters from 0 to 255; empty when nothing is known and every file
///   may hold it
/// @param anyCase whether the letters A to Z fit in any case; the pieces are in lower case then
record Literals(List<String> pieces, boolean anyCase) {
  private static final Literals UNKNOWN = new Literals(List.of(), false);
  // What is decoded from bytes that are no UTF-8.
  private static final char REPLACEMENT = '\uFFFD';
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long UPPER_BITS = EACH << 7;

  Literals {
    pieces = List.copyOf(pieces);
  }

  /// For a text.
  static Literals of(String text) {
    return isExact(text) ? new Literals(List.of(bytes(text)), false) : UNKNOWN;
  }

  /// For a Java regular expression that is valid.
  static Literals inAnyMatchOf(String expression) {
    boolean anyCase = expression.startsWith("(?i)");
    List<String> found = new RequiredText(anyCase ? expression.substring(4) : expression).find();
    if (found.isEmpty() || !found.stream().allMatch(Literals::isExact)) {
      return UNKNOWN;
    }
    return new Literals(
        found.stream().map(piece -> anyCase ? lower(piece) : piece).map(Literals::bytes).toList(),
        anyCase);
  }

  // Halves of pairs have no bytes of their own.
  private static boolean isExact(String text) {
    return text.indexOf(REPLACEMENT) < 0
        && text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  boolean mayBeIn(byte[] content) {
    if (pieces.isEmpty()) {
      return true;
    }
    // The search of a string in a string is the fastest there is in Java, for all the copying.
    String text = new String(anyCase ? lower(content) : content, StandardCharsets.ISO_8859_1);
    for (String piece : pieces) {
      if (text.contains(piece)) {
        return true;
      }
    }
    return false;
  }

  // Eight bytes at once, because every byte of every file goes through it. A letter's byte, with
  // its
  // upper bit aside, passes the first sum's bit but not the second's.
  private static byte[] lower(byte[] content) {
    byte[] lower = content.clone();
    int at = 0;
    for (; at + Long.BYTES <= lower.length; at += Long.BYTES) {
      long eight = (long) EIGHT.get(lower, at);
      long low = eight & ~UPPER_BITS;
      long letters = (low + (0x80 - 'A') * EACH) & ~(low + (0x7F - 'Z') * EACH);
      EIGHT.set(lower, at, eight | (letters & ~eight & UPPER_BITS) >>> 2);
    }
    for (; at < lower.length; at++) {
      byte b = lower[at];
      lower[at] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
    }
    return lower;
  }

  // As expressions without further flags have it: only the letters of ASCII have a case.
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }
}
