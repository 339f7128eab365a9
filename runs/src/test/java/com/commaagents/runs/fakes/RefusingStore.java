package com.commaagents.runs.fakes;

import com.commaagents.runs.store.StoreHealth;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.runs.timeline.Interest;
import java.util.function.Consumer;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import java.util.List;
import java.util.Optional;

/// A store in memory that refuses the ends of runs as long as it is told to.
public final class RefusingStore implements RunStore {
  private final MemoryRunStore inner = new MemoryRunStore();
  private volatile Ends ends = Ends.ARE_KEPT;

  /// What becomes of the end of a run.
  public enum Ends {
    ARE_KEPT,
    /// It is not written.
    ARE_LOST,
    /// It is written, and nobody knows.
    ARE_KEPT_UNNOTICED
  }

  public void from(Ends now) {
    ends = now;
  }

  @Override
  public TimelineLog log(RunId runId) {
    TimelineLog log = inner.log(runId);
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

  @Override
  public List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor) {
    return inner.walk(runId, interest, visitor);
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    return inner.find(runId);
  }

  @Override
  public List<RunOverview> list(RunQuery query) {
    return inner.list(query);
  }

  @Override
  public StoreHealth health() {
    return inner.health();
  }

  @Override
  public Optional<RunChoices> choices(RunId runId) {
    return inner.choices(runId);
  }

  @Override
  public void choose(RunId runId, RunChoices choices) {
    inner.choose(runId, choices);
  }

  @Override
  public void delete(RunId runId) {
    inner.delete(runId);
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    inner.noteUnwritten(runId, end);
  }

  @Override
  public void close() {
    inner.close();
  }
}
