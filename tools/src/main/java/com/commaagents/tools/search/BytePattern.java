package com.commaagents.tools.search;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/// A piece of an expression over bytes, in ripgrep's language and in ASCII only.
///
/// Limits: at most [#MAX_LENGTH] characters are used; a repetition of more than [#MAX_TIMES] has no
/// end, and begins at that many.
///
/// @param mayBeEmpty whether it fits everywhere
record BytePattern(String text, boolean mayBeEmpty) {
  static final int MAX_LENGTH = 64 << 10;
  static final int MAX_TIMES = 250;

  /// Takes nothing and is everywhere.
  static final BytePattern NOTHING = new BytePattern("", true);

  static final int ASCII = 128;
  private static final int BYTES = 256;
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /// How often something is repeated; a `most` of [Integer#MAX_VALUE] is without end.
  record Times(int least, int most) {
    static final Times ONCE = new Times(1, 1);

    private Times inBytes() {
      return new Times(
          least, most > MAX_TIMES ? Integer.MAX_VALUE : most * MOST_BYTES_OF_A_CHARACTER);
    }

    private String text() {
      if (equals(ONCE)) {
        return "";
      }
      String end = most > MAX_TIMES * MOST_BYTES_OF_A_CHARACTER ? "" : Integer.toString(most);
      return "{" + Math.min(least, MAX_TIMES) + "," + end + "}";
    }
  }

  /// One of some characters of ASCII. Without any there is nothing that fits.
  ///
  /// @param orOther whether it can be any other character too
  static Optional<BytePattern> oneOf(BitSet ascii, boolean orOther, Times times) {
    BitSet bytes = (BitSet) ascii.clone();
    bytes.set(ASCII, BYTES, orOther);
    // No line holds it, and ripgrep takes no expression that does.
    bytes.clear('\n');
    Times repeated = orOther ? times.inBytes() : times;
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(new BytePattern(set(bytes) + repeated.text(), times.least() == 0));
  }

  /// One character beyond ASCII.
  static BytePattern character(int c, Times times) {
    StringBuilder bytes = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      bytes.append(written(b & 0xFF));
    }
    return new BytePattern(bytes.toString(), false).repeated(times);
  }

  /// A character of ASCII and, where that is wanted, its other case.
  static BitSet withCases(int c, boolean anyCase) {
    BitSet cases = new BitSet();
    cases.set(c);
    if (anyCase && c < ASCII && Character.isLetter(c)) {
      cases.set(c ^ ' ');
    }
    return cases;
  }

  BytePattern then(BytePattern next) {
    return new BytePattern(text + next.text, mayBeEmpty && next.mayBeEmpty);
  }

  BytePattern or(BytePattern other) {
    return new BytePattern(text + "|" + other.text, mayBeEmpty || other.mayBeEmpty);
  }

  BytePattern repeated(Times times) {
    return text.isEmpty()
        ? NOTHING
        : new BytePattern("(?:" + text + ")" + times.text(), mayBeEmpty || times.least() == 0);
  }

  /// The whole expression; empty where it would be of no use.
  Optional<String> whole() {
    // ripgrep's expressions are about characters unless they say that they are about bytes.
    return mayBeEmpty || text.length() > MAX_LENGTH
        ? Optional.empty()
        : Optional.of("(?-u:" + text + ")");
  }

  private static String set(BitSet bytes) {
    if (bytes.cardinality() == 1) {
      return written(bytes.nextSetBit(0));
    }
    StringBuilder set = new StringBuilder("[");
    for (int from = bytes.nextSetBit(0); from >= 0; ) {
      int end = bytes.nextClearBit(from);
      set.append(written(from));
      if (end > from + 1) {
        set.append('-').append(written(end - 1));
      }
      from = bytes.nextSetBit(end);
    }
    return set.append(']').toString();
  }

  private static String written(int b) {
    boolean plain = b < ASCII && Character.isLetterOrDigit(b);
    return plain ? Character.toString(b) : "\\x%02X".formatted(b);
  }
}
