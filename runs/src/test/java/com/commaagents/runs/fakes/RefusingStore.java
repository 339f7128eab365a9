package com.commaagents.runs.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import java.util.List;

/// A store in memory that refuses the ends of runs as long as it is told to.
public final class RefusingStore extends ForwardingStore {
  private volatile Ends ends = Ends.ARE_KEPT;

  /// What becomes of the end of a run.
  public enum Ends {
    ARE_KEPT,
    /// It is not written.
    ARE_LOST,
    /// It is written, and nobody knows.
    ARE_KEPT_UNNOTICED
  }

  public RefusingStore() {
    super(new MemoryRunStore());
  }

  public void from(Ends now) {
    ends = now;
  }

  @Override
  public TimelineLog log(RunId runId) {
    TimelineLog log = super.log(runId);
    return new TimelineLog() {
      @Override
      public void append(List<TimelineEntry> entries) {
        boolean end = entries.stream().anyMatch(entry -> entry.event() instanceof RunCompleted);
        if (!end || ends != Ends.ARE_LOST) {
          log.append(entries);
        }
        if (end && ends != Ends.ARE_KEPT) {
          throw new Fault(FaultCode.PERSISTENCE, "no space left");
        }
      }

      @Override
      public void close() {
        log.close();
      }
    };
  }
}
