package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineEvent.SeqMark;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What lists show of every run, in order, moved on entry by entry. Thread-safe: one private lock,
/// not held while calling out.
final class Catalog {
  private static final Comparator<RunOverview> LAST_STARTED_FIRST =
      Comparator.comparing(RunOverview::startedAt)
          .reversed()
          .thenComparing(overview -> overview.runId().value());

  private final Map<RunId, RunOverview> runs = new HashMap<>();
  private final NavigableSet<RunOverview> inOrder = new TreeSet<>(LAST_STARTED_FIRST);

  void note(RunId runId, TimelineEntry entry) {
    if (!(entry.event() instanceof RunStarted
        || entry.event() instanceof RunCompleted
        || entry.event() instanceof SeqMark)) {
      return;
    }
    synchronized (this) {
      RunOverview.after(runId, Optional.ofNullable(runs.get(runId)), entry).ifPresent(this::put);
    }
  }

  /// What an append has noted is newer than what was read.
  synchronized void putIfAbsent(RunOverview overview) {
    if (!runs.containsKey(overview.runId())) {
      put(overview);
    }
  }

  private void put(RunOverview overview) {
    RunOverview before = runs.put(overview.runId(), overview);
    if (before != null) {
      inOrder.remove(before);
    }
    inOrder.add(overview);
  }

  synchronized Set<RunId> ids() {
    return new HashSet<>(runs.keySet());
  }

  synchronized void removeAll(Set<RunId> gone) {
    for (RunId runId : gone) {
      RunOverview before = runs.remove(runId);
      if (before != null) {
        inOrder.remove(before);
      }
    }
  }

  synchronized Optional<RunOverview> find(RunId runId) {
    return Optional.ofNullable(runs.get(runId));
  }

  /// @throws Fault `NOT_FOUND` when the run the query starts behind is not there
  List<RunOverview> list(RunQuery query) {
    Stream<RunOverview> all = copy(query).stream().filter(query::fits);
    return (query.limit().isPresent() ? all.limit(query.limit().getAsLong()) : all).toList();
  }

  private synchronized Collection<RunOverview> copy(RunQuery query) {
    if (query.before().isEmpty()) {
      return List.copyOf(inOrder);
    }
    RunOverview last =
        RunId.parse(query.before().get())
            .map(runs::get)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.NOT_FOUND,
                    "before: there is no run "
                        + query.before().get()
                        + " in the list. Give the id of the last run you have, or leave it out."));
    return List.copyOf(inOrder.tailSet(last, false));
  }
}
