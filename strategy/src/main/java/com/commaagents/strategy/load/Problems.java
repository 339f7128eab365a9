package com.commaagents.strategy.load;

import com.commaagents.strategy.source.Position;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// Gathers what is wrong with one file, and keeps the first so many in the order of the file.
///
/// A message is only made for a problem that is kept, so that a file with a hundred thousand
/// mistakes costs no more to report than one with fifty. Not thread-safe.
final class Problems {
  static final int MAX_KEPT = 50;

  private record Noted(Position at, int order, FieldPath field, Supplier<String> message) {
    Problem describe() {
      return new Problem(at, field.toString(), message.get());
    }
  }

  private static final Comparator<Noted> FILE_ORDER =
      Comparator.comparing(Noted::at).thenComparingInt(Noted::order);

  /// The last one in the order of the file is the first to go.
  private final PriorityQueue<Noted> kept = new PriorityQueue<>(FILE_ORDER.reversed());

  private int count;

  void add(Position at, FieldPath field, Supplier<String> message) {
    kept.add(new Noted(at, count, field, message));
    count++;
    if (kept.size() > MAX_KEPT) {
      kept.remove();
    }
  }

  int count() {
    return count;
  }

  /// In the order of the file.
  List<Problem> list() {
    return kept.stream().sorted(FILE_ORDER).map(Noted::describe).toList();
  }

  int omitted() {
    return count - kept.size();
  }
}
