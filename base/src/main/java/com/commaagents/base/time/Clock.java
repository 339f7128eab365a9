package com.commaagents.base.time;

import java.time.Duration;
import java.time.Instant;

/// The time and waiting for it, as a port: a test decides both.
public interface Clock {
  /// The wall clock, for time stamps; it may jump.
  Instant now();

  /// A clock that only goes forward, for durations, in nanoseconds.
  long nanos();

  /// Waits; an interruption ends it at once.
  void sleep(Duration duration) throws InterruptedException;

  /// The machine's clock.
  static Clock system() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
