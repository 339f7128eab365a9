package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import java.time.Duration;

/// Until when a search may go on. Thread-safe.
final class TimeLimit {
  private final Clock clock;
  private final long deadlineNanos;

  TimeLimit(Clock clock, Duration fromNow) {
    this.clock = clock;
    deadlineNanos = clock.nanos() + fromNow.toNanos();
  }

  /// The time is over, or the thread was interrupted; the flag is still set then.
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("the search was stopped", null, false, false);
    }
  }

  /// @throws Stopped when the search is to end
  void check() {
    if (Thread.currentThread().isInterrupted() || clock.nanos() - deadlineNanos > 0) {
      throw new Stopped();
    }
  }
}
