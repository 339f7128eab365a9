package com.commaagents.runs;

import com.commaagents.base.time.Clock;
import com.commaagents.runs.live.LiveRun;
import java.time.Duration;

/// Releases prepared runs that nobody wants: not started, and without a subscriber for
/// [#UNFOLLOWED_KEPT]. It looks every [#PAUSE]; each run's owner decides.
final class Sweeper {
  static final Duration UNFOLLOWED_KEPT = Duration.ofMinutes(30);
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final RunTable table;
  private final Clock clock;
  private final Thread thread = Thread.ofVirtual().name("sweep-runs").unstarted(this::work);

  Sweeper(RunTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /// Returns once its thread has ended.
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void work() {
    try {
      while (true) {
        clock.sleep(PAUSE);
        sweep();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() throws InterruptedException {
    long since = clock.nanos() - UNFOLLOWED_KEPT.toNanos();
    for (LiveRun run : table.live()) {
      run.releaseIfUnfollowedSince(since);
    }
  }
}
