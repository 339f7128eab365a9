package com.commaagents.models.testing;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that goes on only when somebody sleeps, and then without waiting.
public final class HandClock implements Clock {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final List<Duration> slept = new ArrayList<>();
  private Instant now = START;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanos() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public synchronized void sleep(Duration duration) {
    slept.add(duration);
    now = now.plus(duration);
  }

  public synchronized List<Duration> slept() {
    return List.copyOf(slept);
  }
}
