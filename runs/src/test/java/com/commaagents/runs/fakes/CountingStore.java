package com.commaagents.runs.fakes;

import java.util.function.Consumer;
import com.commaagents.runs.timeline.Interest;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Another store that counts the logs that are open.
public final class CountingStore implements RunStore {
  private final RunStore inner;
  private final AtomicInteger openLogs = new AtomicInteger();

  public CountingStore(RunStore inner) {
    this.inner = inner;
  }

  public int openLogs() {
    return openLogs.get();
  }

  @Override
  public TimelineLog log(RunId runId) {
    TimelineLog log = inner.log(runId);
    openLogs.incrementAndGet();
    AtomicBoolean closed = new AtomicBoolean();
    return new TimelineLog() {
      @Override
      public void append(List<TimelineEntry> entries) {
        log.append(entries);
      }

      @Override
      public void close() {
        log.close();
        if (closed.compareAndSet(false, true)) {
          openLogs.decrementAndGet();
        }
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
  public StoreHealth health() {
    return inner.health();
  }

  @Override
  public void close() {
    inner.close();
  }
}
