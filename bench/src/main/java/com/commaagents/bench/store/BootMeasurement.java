package com.commaagents.bench.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineJson;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Measures what very many kept runs cost: opening their folder without and with a catalogue, the
/// first lists, and memory. Arguments: a folder on the disk that is to be measured, how many runs.
final class BootMeasurement {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunQuery PAGE =
      new RunQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.of(50));

  // The line of a file, since a measurement knows nothing but the run system.
  private static final String STARTED =
      """
      {"type":"run_started","ts":"2026-01-01T00:00:00.000Z","strategyPath":"/strategies/talk.yaml",\
      "strategyName":"talk","cwd":"/workspace","initialInput":"%s","enabledMcpServerIds":[],\
      "mcpServers":[],"seq":1}\
      """
          .formatted("x".repeat(100));

  private final Path folder;
  private final int runs;

  private BootMeasurement(Path folder, int runs) {
    this.folder = folder;
    this.runs = runs;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "boot-");
    try {
      new BootMeasurement(folder, Integer.parseInt(arguments[1])).measure();
    } finally {
      remove(folder);
    }
  }

  private void measure() throws IOException {
    for (int i = 0; i < runs; i++) {
      Files.write(folder.resolve("run-" + i + ".jsonl"), timeline(i));
    }
    System.out.printf("%,d runs, milliseconds%n", runs);
    life("without a catalogue");
    life("with the catalogue");
  }

  private void life(String how) {
    System.out.println(how);
    long before = heapBytes();
    long began = System.nanoTime();
    FileRunStore store = FileRunStore.open(folder, "the measurement");
    row("open", began);
    try (store) {
      began = System.nanoTime();
      int shown = store.list(PAGE).size();
      row("first page of " + shown, began);
      began = System.nanoTime();
      int all = store.list().size();
      row("all " + all, began);
      row("heap, MiB", (heapBytes() - before) / (double) (1 << 20));
      append(store, how);
      began = System.nanoTime();
      shown = store.list(PAGE).size();
      row("a page of " + shown + " when a run was added", began);
      began = System.nanoTime();
      shown = store.list(PAGE).size();
      row("the same again, of " + shown, began);
      began = System.nanoTime();
    }
    row("close", began);
  }

  private static void append(FileRunStore store, String how) {
    try (TimelineLog log = store.log(new RunId(how.replace(' ', '-')))) {
      log.append(List.of(started(0)));
    }
  }

  private static byte[] timeline(int run) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(TimelineJson.line(started(run)));
    lines.writeBytes(
        TimelineJson.line(
            new TimelineEntry(
                BEGIN.plusSeconds(run),
                new TimelineEvent.UserInput(
                    "writer", "x".repeat(200), true, Optional.empty(), Optional.empty()))));
    lines.writeBytes(
        TimelineJson.line(
            new TimelineEntry(
                BEGIN.plusSeconds(run + 1L),
                new RunCompleted(
                    RunState.Finished.completed(), Optional.empty(), OptionalLong.of(9)))));
    return lines.toByteArray();
  }

  private static TimelineEntry started(int run) {
    TimelineEntry first =
        TimelineReader.read(STARTED.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    return new TimelineEntry(BEGIN.plusSeconds(run), first.event());
  }

  private static long heapBytes() {
    System.gc();
    Runtime machine = Runtime.getRuntime();
    return machine.totalMemory() - machine.freeMemory();
  }

  private static void row(String what, long began) {
    row(what, (System.nanoTime() - began) / 1e6);
  }

  private static void row(String what, double value) {
    System.out.printf("  %-40s %10.1f%n", what, value);
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
