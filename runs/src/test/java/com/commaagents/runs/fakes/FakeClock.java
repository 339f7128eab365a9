package com.commaagents.runs.fakes;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Stands still until a test moves it on; who sleeps wakes up then.
public final class FakeClock implements Clock {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Duration passed = Duration.ZERO;
  private int sleeps;

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plus(passed);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    Duration end = passed.plus(duration);
    sleeps++;
    notifyAll();
    while (passed.compareTo(end) < 0) {
      wait();
    }
  }

  public synchronized void moveOn(Duration duration) {
    passed = passed.plus(duration);
    notifyAll();
  }

  /// Waits until so many sleeps have begun, all told.
  public synchronized void awaitSleeps(int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sleeps < count) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(sleeps + " of " + count + " sleeps have begun");
      }
      wait(left);
    }
  }
}
