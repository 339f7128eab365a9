package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What outlives a crash: every entry that was written, acknowledged or not.
final class Disk {
  private final Map<RunId, List<TimelineEvent>> events = new LinkedHashMap<>();
  private final Map<RunId, List<TimelineEntry>> entries = new LinkedHashMap<>();
  private final Map<RunId, Integer> starts = new HashMap<>();

  void write(RunId run, List<TimelineEntry> written) {
    if (written.isEmpty()) {
      return;
    }
    entries.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(written);
    List<TimelineEvent> timeline = events.computeIfAbsent(run, _ -> new ArrayList<>());
    for (TimelineEntry entry : written) {
      timeline.add(entry.event());
      if (entry.event() instanceof RunStarted) {
        starts.merge(run, 1, Integer::sum);
      }
    }
  }

  void delete(RunId run) {
    events.remove(run);
    entries.remove(run);
  }

  /// A store as it is after the machine has come up again.
  MemoryRunStore boot() {
    MemoryRunStore store = new MemoryRunStore();
    entries.forEach((run, timeline) -> {
      try (TimelineLog log = store.log(run)) {
        log.append(timeline);
      }
    });
    return store;
  }

  Set<RunId> runs() {
    return events.keySet();
  }

  List<TimelineEvent> of(RunId run) {
    return events.getOrDefault(run, List.of());
  }

  /// Whether the newest segment of a run has begun and not ended.
  boolean isRunning(RunId run) {
    for (TimelineEvent event : of(run).reversed()) {
      if (event instanceof RunStarted) {
        return true;
      }
      if (event instanceof RunCompleted) {
        return false;
      }
    }
    return false;
  }

  /// The highest message number that a run's timeline names.
  long lastSeq(RunId run) {
    long last = 0;
    for (TimelineEvent event : of(run)) {
      last =
          switch (event) {
            case RunStarted started -> Math.max(last, started.seq().orElse(0));
            case RunCompleted completed -> Math.max(last, completed.seq().orElse(0));
            case TimelineEvent.SeqMark(var seq) -> Math.max(last, seq);
            default -> last;
          };
    }
    return last;
  }

  /// How many segments of a run have begun, also of one that was deleted since.
  int starts(RunId run) {
    return starts.getOrDefault(run, 0);
  }

  /// The end that a terminal message speaks of.
  Optional<RunCompleted> end(RunId run, long seq) {
    for (TimelineEvent event : of(run).reversed()) {
      if (event instanceof RunCompleted end && end.seq().orElse(-1) == seq) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }
}
