package com.commaagents.runs.fakes;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Another store that counts the logs that are open.
public final class CountingStore extends ForwardingStore {
  private final AtomicInteger openLogs = new AtomicInteger();

  public CountingStore(RunStore inner) {
    super(inner);
  }

  public int openLogs() {
    return openLogs.get();
  }

  @Override
  public TimelineLog log(RunId runId) {
    TimelineLog log = super.log(runId);
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
}
