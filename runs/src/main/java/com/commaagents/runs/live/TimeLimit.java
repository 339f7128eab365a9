package com.commaagents.runs.live;

import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.limit.LimitListener;
import com.commaagents.engine.limit.LimitMessages;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a segment that takes longer than it may, by a thread that sleeps until then and goes with
/// the segment.
final class TimeLimit {
  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

  private final Thread watcher;

  private TimeLimit(Thread watcher) {
    this.watcher = watcher;
  }

  /// @param listener is told when the time is over
  static TimeLimit start(RunId runId, Duration limit, Clock clock, LimitListener listener) {
    return new TimeLimit(
        Thread.ofVirtual().name("limit-" + runId).start(() -> watch(limit, clock, listener)));
  }

  /// The segment has ended.
  void end() {
    watcher.interrupt();
  }

  private static void watch(Duration limit, Clock clock, LimitListener listener) {
    try {
      clock.sleep(limit);
      listener.reached(LimitMessages.duration(limit));
    } catch (InterruptedException ended) {
      LOG.trace("the segment ended in time", ended);
    }
  }
}
