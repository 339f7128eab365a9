package com.commaagents.runs;

import com.commaagents.runs.live.LiveRun.Execution;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/// Lets so many runs execute at once and the others wait, in the order in which they came. A run
/// that is stopped while it waits leaves the queue.
final class Turnstile {
  private final Optional<Semaphore> places;

  private Turnstile(Optional<Semaphore> places) {
    this.places = places;
  }

  /// @param count empty: everybody passes
  static Turnstile of(OptionalInt count) {
    return new Turnstile(
        count.isPresent() ? Optional.of(new Semaphore(count.getAsInt(), true)) : Optional.empty());
  }

  /// The same work, done in its turn.
  Execution before(Execution work) {
    if (places.isEmpty()) {
      return work;
    }
    Semaphore place = places.get();
    return (input, before) -> {
      place.acquire();
      try {
        return work.execute(input, before);
      } finally {
        place.release();
      }
    };
  }
}
