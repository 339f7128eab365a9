package com.commaagents.server.fakes;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.runs.timeline.Interest;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
  public List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor) {
    return memory.walk(runId, interest, visitor);
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    return memory.find(runId);
  }

  @Override
  public List<RunOverview> list(RunQuery query) {
    return memory.list(query);
  }

  @Override
  public Optional<RunChoices> choices(RunId runId) {
    return memory.choices(runId);
  }

  @Override
  public void choose(RunId runId, RunChoices choices) {
    memory.choose(runId, choices);
  }

  @Override
  public void delete(RunId runId) {
    memory.delete(runId);
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
