package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunEvent;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.SeqCeiling;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the lists true after a crash: the process that executed the open segments is gone.
final class BootRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(BootRecovery.class);

  private BootRecovery() {}

  /// Ends every segment that has no end. One that cannot be written is listed as ended all the
  /// same.
  static void closeInterrupted(RunStore store, Clock clock) {
    for (RunOverview overview : store.list()) {
      if (Lifecycle.decide(overview.state(), new RunCommand.Interrupt())
              instanceof Decision.Accepted(var event)
          && event instanceof RunEvent.Ended(var outcome)) {
        close(
            store,
            overview,
            new TimelineEntry(
                clock.now(),
                new TimelineEvent.RunCompleted(
                    outcome,
                    Optional.empty(),
                    OptionalLong.of(SeqCeiling.afterUncleanEnd(overview.lastSeq())))));
      }
    }
  }

  private static void close(RunStore store, RunOverview overview, TimelineEntry end) {
    LOG.info("run {} was interrupted; it can be continued", overview.runId());
    try (RunStore.TimelineLog log = store.log(overview.runId())) {
      log.append(List.of(end));
    } catch (Fault refused) {
      LOG.warn("run {}: {}", overview.runId(), refused.message());
      store.noteUnwritten(overview.runId(), end);
    }
  }
}
