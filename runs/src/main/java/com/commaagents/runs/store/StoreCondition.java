package com.commaagents.runs.store;

import com.commaagents.base.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the store can write, and while it cannot: tries every [#PAUSE] whether it can again.
/// Thread-safe.
final class StoreCondition implements AutoCloseable {
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(StoreCondition.class);

  private final Clock clock;
  private final Attempt attempt;
  private StoreHealth health = new StoreHealth.Healthy();
  private long failures;
  private @Nullable Thread watch;
  private boolean pausing;
  private boolean closed;

  /// Writes something; throws while it cannot.
  @FunctionalInterface
  interface Attempt {
    void run() throws IOException;
  }

  StoreCondition(Clock clock, Attempt attempt) {
    this.clock = clock;
    this.attempt = attempt;
  }

  synchronized StoreHealth health() {
    return health;
  }

  /// Something could not be written.
  synchronized void failed(IOException refused) {
    failures++;
    Instant since = health instanceof StoreHealth.Unhealthy(var began, var _) ? began : clock.now();
    health = new StoreHealth.Unhealthy(since, Reasons.of(refused));
    if (watch == null && !closed) {
      LOG.error("the run store cannot write: {}", Reasons.of(refused));
      watch = Thread.ofVirtual().name("store-recovery").start(this::watch);
    }
  }

  /// Returns when nothing is tried any more.
  @Override
  public void close() {
    Thread watching;
    synchronized (this) {
      closed = true;
      watching = watch;
      // Never in the middle of an attempt: an interruption closes the files that are worked on.
      if (watching != null && pausing) {
        watching.interrupt();
      }
    }
    if (watching != null) {
      GroupCommit.anyhow(watching::join);
    }
  }

  private void watch() {
    while (pause()) {
      if (succeeds()) {
        return;
      }
    }
  }

  /// @return false when the store is closed
  private boolean pause() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      pausing = true;
    }
    try {
      clock.sleep(PAUSE);
    } catch (InterruptedException closing) {
      LOG.debug("the run store is closed while it cannot write", closing);
    }
    synchronized (this) {
      pausing = false;
      return !closed && !Thread.interrupted();
    }
  }

  private boolean succeeds() {
    long before;
    synchronized (this) {
      before = failures;
    }
    try {
      attempt.run();
    } catch (IOException still) {
      LOG.debug("the run store still cannot write", still);
      return false;
    }
    synchronized (this) {
      if (failures != before) {
        return false;
      }
      LOG.info("the run store can write again");
      health = new StoreHealth.Healthy();
      watch = null;
      return true;
    }
  }
}
