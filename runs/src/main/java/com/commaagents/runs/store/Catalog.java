package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineEvent.SeqMark;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What lists show of every run, moved on entry by entry. Thread-safe; the entries of one run come
/// from one thread at a time.
final class Catalog {
  private final Map<RunId, RunOverview> runs = new ConcurrentHashMap<>();

  void note(RunId runId, TimelineEntry entry) {
    if (!(entry.event() instanceof RunStarted
        || entry.event() instanceof RunCompleted
        || entry.event() instanceof SeqMark)) {
      return;
    }
    RunOverview.after(runId, Optional.ofNullable(runs.get(runId)), entry)
        .ifPresent(overview -> runs.put(runId, overview));
  }

  Optional<RunOverview> find(RunId runId) {
    return Optional.ofNullable(runs.get(runId));
  }

  List<RunOverview> list() {
    return runs.values().stream()
        .sorted(
            Comparator.comparing(RunOverview::startedAt)
                .reversed()
                .thenComparing(overview -> overview.runId().value()))
        .toList();
  }
}
