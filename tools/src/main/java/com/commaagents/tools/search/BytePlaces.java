package com.commaagents.tools.search;

import com.commaagents.tools.search.BytePattern.Choice;
import com.commaagents.tools.search.BytePattern.OneOf;
import com.commaagents.tools.search.BytePattern.Repeated;
import com.commaagents.tools.search.BytePattern.Sequence;
import com.commaagents.tools.search.BytePattern.Times;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The places in a [BytePattern], and which of them come after which: each takes one byte, or is
/// only a fork.
///
/// Limit: [#MAX_PLACES]; a pattern with more has none.
///
/// Source: Thompson, Regular expression search algorithm, CACM 11 (1968).
final class BytePlaces {
  static final int MAX_PLACES = 2_000;

  private static final int END = 0;

  private final List<Place> places = new ArrayList<>();
  private final BitSet first = new BitSet();

  private BytePlaces() {
    places.add(new Place(new BitSet()));
  }

  /// @param bytes those it takes; none for a fork
  private record Place(BitSet bytes, List<Integer> next) {
    Place(BitSet bytes) {
      this(bytes, new ArrayList<>());
    }

    boolean isFork() {
      return bytes.isEmpty();
    }
  }

  private static final class TooMany extends Exception {
    TooMany() {
      super("too many places", null, false, false);
    }
  }

  /// Empty where there would be too many.
  static Optional<BytePlaces> of(BytePattern pattern) {
    BytePlaces places = new BytePlaces();
    try {
      places.enter(List.of(places.add(pattern, END)), places.first);
      return Optional.of(places);
    } catch (TooMany tooLarge) {
      return Optional.empty();
    }
  }

  /// Where a pattern begins.
  BitSet first() {
    return first;
  }

  /// The places at which one can be that was at some of them, after a byte, and the first ones:
  /// something may begin anywhere. Empty where the whole pattern has fitted.
  Optional<BitSet> after(BitSet now, int b) {
    BitSet next = (BitSet) first.clone();
    for (int at = now.nextSetBit(0); at >= 0; at = now.nextSetBit(at + 1)) {
      Place place = places.get(at);
      if (place.bytes.get(b)) {
        enter(place.next, next);
      }
    }
    return next.get(END) ? Optional.empty() : Optional.of(next);
  }

  // Enters places, and those that follow where one of them is a fork.
  private void enter(List<Integer> some, BitSet entered) {
    Deque<Integer> left = new ArrayDeque<>(some);
    while (!left.isEmpty()) {
      int at = left.pop();
      if (!entered.get(at)) {
        entered.set(at);
        Place place = places.get(at);
        left.addAll(place.isFork() ? place.next : List.of());
      }
    }
  }

  // Adds a pattern before a place; returns where it begins.
  private int add(BytePattern pattern, int next) throws TooMany {
    return switch (pattern) {
      case OneOf(BitSet bytes) -> place(bytes, List.of(next));
      case Sequence(List<BytePattern> parts) -> {
        int begin = next;
        for (BytePattern part : parts.reversed()) {
          begin = add(part, begin);
        }
        yield begin;
      }
      case Choice(List<BytePattern> parts) -> {
        List<Integer> begins = new ArrayList<>();
        for (BytePattern part : parts) {
          begins.add(add(part, next));
        }
        yield fork(begins);
      }
      case Repeated(BytePattern part, Times times) -> add(part, times, next);
    };
  }

  private int add(BytePattern part, Times times, int next) throws TooMany {
    int begin = next;
    if (times.isEndless()) {
      begin = fork(List.of(next));
      places.get(begin).next.add(add(part, begin));
    } else {
      for (int i = times.least(); i < times.most(); i++) {
        begin = fork(List.of(add(part, begin), next));
      }
    }
    for (int i = 0; i < times.least(); i++) {
      begin = add(part, begin);
    }
    return begin;
  }

  private int fork(List<Integer> next) throws TooMany {
    return place(new BitSet(), next);
  }

  private int place(BitSet bytes, List<Integer> next) throws TooMany {
    if (places.size() > MAX_PLACES) {
      throw new TooMany();
    }
    places.add(new Place(bytes, new ArrayList<>(next)));
    return places.size() - 1;
  }
}
