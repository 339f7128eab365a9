package com.commaagents.runs.simulation;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Stands still while anybody can go on, then jumps to whoever sleeps the shortest.
final class VirtualClock implements Clock {
  private static final String SWEEPER = "sweep-runs";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Sleeper> sleepers = new ArrayList<>();
  private long nanos;

  private static final class Sleeper {
    final Thread thread;
    final long until;
    boolean due;

    Sleeper(Thread thread, long until) {
      this.thread = thread;
      this.until = until;
    }
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Sleeper sleeper = new Sleeper(Thread.currentThread(), nanos + duration.toNanos());
    sleepers.add(sleeper);
    try {
      while (!sleeper.due) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      sleepers.remove(sleeper);
    }
  }

  /// Whether anybody wakes by themselves who does not merely look around now and then: for those
  /// alone time does not go on, or it would never stop.
  boolean hasSleepers() {
    return sleepers.stream().anyMatch(sleeper -> !sleeper.thread.getName().equals(SWEEPER));
  }

  /// Goes on to the next moment at which somebody wakes, and wakes them.
  void jump() {
    Sleeper next = sleepers.getFirst();
    for (Sleeper other : sleepers) {
      next = other.until < next.until ? other : next;
    }
    nanos = Math.max(nanos, next.until);
    next.due = true;
    sleepers.remove(next);
    LockSupport.unpark(next.thread);
  }
}
