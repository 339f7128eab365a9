package com.commaagents.server.fakes;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// A wall clock that stands still; durations are real.
public final class FixedClock implements Clock {
  public static final Instant NOW = Instant.parse("2026-11-22T06:36:14.918Z");

  private final Clock system = Clock.system();

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public long nanos() {
    return system.nanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    system.sleep(duration);
  }
}
