package com.commaagents.bench.store;

import com.commaagents.base.id.RunId;
import com.commaagents.base.task.TaskScope;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Writers that append to the run store as fast as it lets them, each to a run of its own.
final class StoreLoad {
  private static final TimelineEntry ENTRY =
      new TimelineEntry(
          Instant.parse("2026-01-01T00:00:00Z"),
          new TimelineEvent.UserInput(
              "writer", "x".repeat(200), true, Optional.empty(), Optional.empty()));

  private static final int WARM_UP_APPENDS = 80;
  private static final List<TimelineEntry> MANY = Collections.nCopies(800, ENTRY);

  private final Path folder;

  StoreLoad(Path folder) {
    this.folder = folder;
  }

  /// The line of each append.
  static byte[] line() {
    return TimelineJson.line(ENTRY);
  }

  /// What a round came to.
  ///
  /// @param micros how long each append took
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Round(double appendsPerSecond, double[] micros) {}

  Round run(int writers, int appendsEach) throws InterruptedException {
    double[] micros = new double[writers * appendsEach];
    try (FileRunStore store = FileRunStore.open(folder, "the measurement")) {
      List<Callable<Void>> tasks = new ArrayList<>();
      // A store that has been at work for a while has its journal at full size.
      try (TimelineLog log = store.log(new RunId("warm-up"))) {
        for (int i = 0; i < WARM_UP_APPENDS; i++) {
          log.append(MANY);
        }
      }
      for (int i = 0; i < writers; i++) {
        int first = i * appendsEach;
        TimelineLog log = store.log(new RunId("run-" + i));
        log.append(List.of(ENTRY));
        tasks.add(() -> {
          write(log, micros, first, appendsEach);
          return null;
        });
      }
      long began = System.nanoTime();
      TaskScope.all("writer", tasks);
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Round(micros.length / seconds, micros);
    }
  }

  private static void write(TimelineLog log, double[] micros, int first, int count) {
    try (log) {
      for (int i = first; i < first + count; i++) {
        long began = System.nanoTime();
        log.append(List.of(ENTRY));
        micros[i] = (System.nanoTime() - began) / 1e3;
      }
    }
  }
}
