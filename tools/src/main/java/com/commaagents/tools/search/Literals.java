package com.commaagents.tools.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.commaagents.tools.disk.FileBytes;
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
/// @param anyCase whether the letters A to Z fit in any case; the pieces are folded then
record Literals(List<String> pieces, boolean anyCase) {
  private static final Literals UNKNOWN = new Literals(List.of(), false);
  // What is decoded from bytes that are no UTF-8.
  private static final char REPLACEMENT = '\uFFFD';
  // With this bit, letters of ASCII are those in lower case. Other bytes come to be the same too,
  // which lets through a few files more.
  private static final byte FOLD = 0x20;

  Literals {
    pieces = List.copyOf(pieces);
  }

  /// For a text.
  static Literals of(String text) {
    return isExact(text) ? new Literals(List.of(bytes(text)), false) : UNKNOWN;
  }

  /// For a Java regular expression that is valid.
  static Literals inAnyMatchOf(String expression) {
    LeadingFlags flags = LeadingFlags.of(expression);
    List<String> found = new RequiredText(flags.rest()).find();
    if (found.isEmpty() || !found.stream().allMatch(Literals::isExact)) {
      return UNKNOWN;
    }
    List<String> pieces = found.stream().map(Literals::bytes).toList();
    return flags.anyCase()
        ? new Literals(pieces.stream().map(Literals::folded).toList(), true)
        : new Literals(pieces, false);
  }

  // Halves of pairs have no bytes of their own.
  private static boolean isExact(String text) {
    return text.indexOf(REPLACEMENT) < 0
        && text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  boolean mayBeIn(FileBytes content) {
    if (pieces.isEmpty()) {
      return true;
    }
    byte[] bytes = anyCase ? folded(content.copy()) : content.array();
    // The search of a string in a string is the fastest there is in Java, for all the copying.
    String text = new String(bytes, 0, content.length(), ISO_8859_1);
    for (String piece : pieces) {
      if (text.contains(piece)) {
        return true;
      }
    }
    return false;
  }

  private static String folded(String text) {
    return new String(folded(text.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  // Of such a loop the machine does many steps at once.
  private static byte[] folded(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= FOLD;
    }
    return bytes;
  }
}
