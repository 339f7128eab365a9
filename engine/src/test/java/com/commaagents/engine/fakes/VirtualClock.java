package com.commaagents.engine.fakes;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Time that goes on only when somebody sleeps, and then at once.
public final class VirtualClock implements Clock {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private boolean stopped;
  private boolean sleeping;

  /// From now on a sleep lasts until it is interrupted.
  public synchronized void stop() {
    stopped = true;
  }

  public synchronized boolean isSleeping() {
    return sleeping;
  }

  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    boolean forEver;
    synchronized (this) {
      sleeps.add(duration);
      passed = passed.plus(duration);
      forEver = stopped;
      sleeping = forEver;
    }
    if (forEver) {
      new CountDownLatch(1).await();
    }
  }
}
