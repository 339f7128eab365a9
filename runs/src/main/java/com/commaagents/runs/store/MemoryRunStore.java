package com.commaagents.runs.store;

import com.commaagents.runs.timeline.Interest;
import java.util.function.Consumer;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Timelines that live as long as the process: for tests, and for programs that keep nothing.
///
/// Thread-safe. No limit of its own: every timeline stays.
public final class MemoryRunStore implements RunStore {
  private final Map<RunId, List<TimelineEntry>> timelines = new HashMap<>();
  private final Map<RunId, RunChoices> choices = new ConcurrentHashMap<>();
  private final Catalog catalog = new Catalog();
  private final Gate gate = new Gate();

  @Override
  public TimelineLog log(RunId runId) {
    return gate.guard(memoryLog(runId));
  }

  @Override
  public List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor) {
    List<TimelineEntry> entries;
    synchronized (timelines) {
      entries = List.copyOf(timelines.getOrDefault(runId, List.of()));
    }
    entries.forEach(visitor);
    return List.of();
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    return catalog.find(runId);
  }

  @Override
  public List<RunOverview> list(RunQuery query) {
    return catalog.list(query);
  }

  @Override
  public Optional<RunChoices> choices(RunId runId) {
    return Optional.ofNullable(choices.get(runId));
  }

  @Override
  public void choose(RunId runId, RunChoices chosen) {
    gate.pass(() -> choices.put(runId, chosen));
  }

  @Override
  public void delete(RunId runId) {
    gate.pass(() -> {
      choices.remove(runId);
      synchronized (timelines) {
        timelines.remove(runId);
      }
      catalog.removeAll(Set.of(runId));
    });
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    catalog.note(runId, end);
  }

  @Override
  public StoreHealth health() {
    return new StoreHealth.Healthy();
  }

  @Override
  public void close() {
    gate.close();
  }

  private TimelineLog memoryLog(RunId runId) {
    return new TimelineLog() {
      @Override
      public void append(List<TimelineEntry> entries) {
        synchronized (timelines) {
          timelines.computeIfAbsent(runId, _ -> new ArrayList<>()).addAll(entries);
        }
        entries.forEach(entry -> catalog.note(runId, entry));
      }

      @Override
      public void close() {}
    };
  }
}
