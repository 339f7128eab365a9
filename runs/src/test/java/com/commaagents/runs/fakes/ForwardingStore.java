package com.commaagents.runs.fakes;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.runs.timeline.Interest;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Another store as it is, for those that change a part of it.
public abstract class ForwardingStore implements RunStore {
  private final RunStore inner;

  protected ForwardingStore(RunStore inner) {
    this.inner = inner;
  }

  @Override
  public TimelineLog log(RunId runId) {
    return inner.log(runId);
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
