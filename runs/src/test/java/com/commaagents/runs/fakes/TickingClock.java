package com.commaagents.runs.fakes;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/// A clock that stands still; who sleeps wakes up when a test says so.
public final class TickingClock implements Clock {
  private final Instant now;
  private final Semaphore ticks = new Semaphore(0);

  public TickingClock(Instant now) {
    this.now = now;
  }

  /// One sleep is over, whenever it begins.
  public void tick() {
    ticks.release();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    ticks.acquire();
  }
}
