package com.commaagents.tools.search;

import com.commaagents.tools.disk.FileBytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks whether a [BytePattern] fits somewhere in bytes, with one look into a table for each byte.
///
/// A state is the set of places in the pattern to which the bytes so far may have led; the steps
/// from one to another are worked out when they are first taken. Thread-safe: steps are worked out
/// by one thread at a time, and a step that another thread does not see yet is worked out again.
///
/// Limit: [#MAX_STATES]; what leads to a further one counts as found.
///
/// Source: the lazy subset construction, Aho, Sethi, Ullman, Compilers (1986), 3.7.
final class ByteAutomaton {
  static final int MAX_STATES = 500;

  // A state is the index of its steps, which are as many as there are bytes; the first are
  // nobody's.
  private static final int START = BytePattern.BYTES;
  private static final int UNKNOWN = 0;
  private static final int FOUND = -1;

  private final BytePlaces places;
  private final TimeLimit time;
  private final int[] steps = new int[(MAX_STATES + 1) * BytePattern.BYTES];
  private final List<BitSet> states = new ArrayList<>();
  private final Map<BitSet, Integer> numbers = new HashMap<>();

  private ByteAutomaton(BytePlaces places, TimeLimit time) {
    this.places = places;
    this.time = time;
    number(places.first());
  }

  /// Empty where the pattern is too large.
  ///
  /// @param time until when new steps are worked out, which takes much longer than to take them
  static Optional<ByteAutomaton> of(BytePattern pattern, TimeLimit time) {
    return BytePlaces.of(pattern).map(places -> new ByteAutomaton(places, time));
  }

  /// Never false for bytes in which the pattern fits somewhere.
  ///
  /// A step waits for the one before it, so two parts are looked through at once. No pattern takes
  /// the end of a line, and the second part begins behind one.
  boolean mayBeIn(FileBytes bytes) {
    byte[] content = bytes.array();
    int length = bytes.length();
    int middle = behindLine(content, length / 2, length);
    int first = START;
    int second = START;
    for (int at = 0; at < length - middle; at++) {
      first = step(first, content[at]);
      second = step(second, content[middle + at]);
      if ((first | second) < 0) {
        return true;
      }
    }
    for (int at = length - middle; at < middle && first > 0; at++) {
      first = step(first, content[at]);
    }
    return first == FOUND;
  }

  private static int behindLine(byte[] content, int from, int length) {
    int at = from;
    while (at < length) {
      if (content[at++] == '\n') {
        break;
      }
    }
    return at;
  }

  private int step(int state, byte b) {
    int next = steps[state + (b & 0xFF)];
    return next == UNKNOWN ? newStep(state, b & 0xFF) : next;
  }

  private synchronized int newStep(int state, int b) {
    time.check();
    BitSet now = states.get(state / BytePattern.BYTES - 1);
    int next = places.after(now, b).map(this::number).orElse(FOUND);
    steps[state + b] = next;
    return next;
  }

  private int number(BitSet state) {
    Integer known = numbers.get(state);
    if (known != null) {
      return known;
    }
    if (states.size() == MAX_STATES) {
      return FOUND;
    }
    states.add(state);
    int number = states.size() * BytePattern.BYTES;
    numbers.put(state, number);
    return number;
  }
}
