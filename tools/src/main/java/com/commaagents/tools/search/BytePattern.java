package com.commaagents.tools.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A piece of an expression over bytes. None takes the end of a line.
///
/// Limit: what is repeated more than [#MAX_TIMES] times has no end, and begins at that many.
sealed interface BytePattern {
  int MAX_TIMES = 64;
  int ASCII = 128;
  int BYTES = 256;

  /// One of some bytes.
  record OneOf(BitSet bytes) implements BytePattern {}

  /// All of some, one after the other.
  record Sequence(List<BytePattern> parts) implements BytePattern {
    /// Takes nothing and is everywhere.
    static final BytePattern NOTHING = new Sequence(List.of());

    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /// One of some.
  record Choice(List<BytePattern> parts) implements BytePattern {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  /// One several times.
  record Repeated(BytePattern part, Times times) implements BytePattern {}

  /// How often something is repeated.
  record Times(int least, int most) {
    static final int ENDLESS = Integer.MAX_VALUE;
    static final Times ONCE = new Times(1, 1);

    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    static Times of(int least, int most) {
      return new Times(Math.min(least, MAX_TIMES), most > MAX_TIMES ? ENDLESS : most);
    }

    boolean isEndless() {
      return most == ENDLESS;
    }

    // Of several characters that may have several bytes the most would say little, for many states.
    private Times inBytes() {
      return new Times(least, most > 1 ? ENDLESS : most * MOST_BYTES_OF_A_CHARACTER);
    }
  }

  /// One of some characters of ASCII. Without any there is nothing that fits.
  ///
  /// @param orOther whether it can be any other character too
  static Optional<BytePattern> oneOf(BitSet ascii, boolean orOther, Times times) {
    BitSet bytes = (BitSet) ascii.clone();
    bytes.set(ASCII, BYTES, orOther);
    bytes.clear('\n');
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(new OneOf(bytes).repeated(orOther ? times.inBytes() : times));
  }

  /// One character beyond ASCII.
  static BytePattern character(int c, Times times) {
    List<BytePattern> bytes = new ArrayList<>();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      BitSet only = new BitSet();
      only.set(b & 0xFF);
      bytes.add(new OneOf(only));
    }
    return new Sequence(bytes).repeated(times);
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

  default BytePattern repeated(Times times) {
    if (times.equals(Times.ONCE)) {
      return this;
    }
    return equals(Sequence.NOTHING) || times.most() == 0
        ? Sequence.NOTHING
        : new Repeated(this, times);
  }

  /// Whether it fits everywhere.
  default boolean mayBeEmpty() {
    return switch (this) {
      case OneOf _ -> false;
      case Sequence(List<BytePattern> parts) -> parts.stream().allMatch(BytePattern::mayBeEmpty);
      case Choice(List<BytePattern> parts) -> parts.stream().anyMatch(BytePattern::mayBeEmpty);
      case Repeated(BytePattern part, Times times) -> times.least() == 0 || part.mayBeEmpty();
    };
  }
}
