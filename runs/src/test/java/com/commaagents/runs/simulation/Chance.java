package com.commaagents.runs.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// Whatever is left to chance in a game: the same seed, the same answers. Used by one thread at a
/// time.
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /// Another source that does not depend on how often this one is asked from now on.
  Chance split() {
    return new Chance(random.split());
  }

  /// From 0 to below a bound.
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  long next() {
    return random.nextLong();
  }

  /// Lets others go first, some times more than once. Nothing may be locked here.
  void pause() {
    int turns = 0;
    while (oneIn(2)) {
      turns++;
    }
    pause(turns);
  }

  /// Lets others go first.
  // The scheduler is the game's own.
  @SuppressWarnings("ThreadPriorityCheck")
  void pause(int turns) {
    if (Thread.currentThread().isVirtual()) {
      for (int left = turns; left > 0; left--) {
        Thread.yield();
      }
    }
  }
}
