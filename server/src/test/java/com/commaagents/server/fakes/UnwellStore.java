package com.commaagents.server.fakes;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;

/// A memory store whose health a test decides.
public final class UnwellStore implements RunStore {
  private final MemoryRunStore memory = new MemoryRunStore();
  private volatile StoreHealth health = new StoreHealth.Healthy();

  public void set(StoreHealth now) {
    health = now;
  }

  @Override
  public TimelineLog log(RunId runId) {
    return memory.log(runId);
  }

  @Override
  public Timeline read(RunId runId) {
    return memory.read(runId);
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    return memory.find(runId);
  }

  @Override
  public List<RunOverview> list() {
    return memory.list();
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    memory.noteUnwritten(runId, end);
  }

  @Override
  public StoreHealth health() {
    return health;
  }

  @Override
  public void close() {
    memory.close();
  }
}
