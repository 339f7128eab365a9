package com.commaagents.runs.fakes;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Stands still until a test moves it on.
public final class FakeClock implements Clock {
  private Duration passed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plus(passed);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    moveOn(duration);
  }

  public synchronized void moveOn(Duration duration) {
    passed = passed.plus(duration);
  }
}
