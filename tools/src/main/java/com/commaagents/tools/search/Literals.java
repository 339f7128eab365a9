package com.commaagents.tools.search;

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

  private static byte[] lower(byte[] content) {
    byte[] lower = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      byte b = content[i];
      lower[i] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
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
