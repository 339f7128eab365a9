package com.commaagents.engine.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/// The newest of a list that only grows: past a size in all, the oldest are left out and counted.
/// Not thread-safe.
final class Newest<T> {
  private final long maxSize;
  private final ToIntFunction<T> sizeOf;
  private final Deque<T> kept = new ArrayDeque<>();
  private long size;
  private long leftOut;

  Newest(long maxSize, ToIntFunction<T> sizeOf) {
    this.maxSize = maxSize;
    this.sizeOf = sizeOf;
  }

  /// Begins as another one stood.
  void restore(List<T> values, long leftOutBefore) {
    leftOut = leftOutBefore;
    values.forEach(this::add);
  }

  /// The newest one itself stays, whatever its size.
  void add(T value) {
    kept.add(value);
    size += sizeOf.applyAsInt(value);
    while (size > maxSize && kept.size() > 1) {
      size -= sizeOf.applyAsInt(kept.removeFirst());
      leftOut++;
    }
  }

  List<T> values() {
    return List.copyOf(kept);
  }

  long leftOut() {
    return leftOut;
  }
}
