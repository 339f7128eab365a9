package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
  private static final int RANDOM_TIMELINES = 200;

  @TempDir Path folder;

  @Test
  void saysTheSameAsTheTimelines() throws IOException {
    List<RunOverview> listed = threeRuns();
    assertThat(CatalogFile.read(folder)).hasSize(3);
    assertThat(reopened()).isEqualTo(listed);
    Files.delete(CatalogFile.in(folder));
    assertThat(reopened()).isEqualTo(listed);
  }

  @Test
  void isUsedInsteadOfTheTimelines() throws IOException {
    List<RunOverview> listed = threeRuns();
    // The same size and time of change: nobody but this test would do that.
    Path file = timeline("run-0");
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, new byte[(int) Files.size(file)]);
    Files.setLastModifiedTime(file, time);
    assertThat(reopened()).isEqualTo(listed);
  }

  @Test
  void isNotBelievedOfATimelineThatHasChanged() throws IOException {
    threeRuns();
    Files.write(
        timeline("run-0"),
        TimelineJson.line(Entries.started(Entries.at(50), "later")),
        StandardOpenOption.APPEND);
    Files.delete(timeline("run-1"));
    Files.copy(timeline("run-2"), timeline("copy"));
    assertThat(reopened())
        .extracting(run -> run.runId().value() + " " + run.status().label())
        .containsExactly("run-0 running", "copy completed", "run-2 completed");
  }

  @Test
  void isWorthNothingWhenItIsDamagedAnywhere() throws IOException {
    List<RunOverview> listed = threeRuns();
    byte[] whole = Files.readAllBytes(CatalogFile.in(folder));
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x10;
      Files.write(CatalogFile.in(folder), flipped);
      assertThat(CatalogFile.read(folder)).as("byte %d flipped", i).isEmpty();
      Files.write(CatalogFile.in(folder), Arrays.copyOf(whole, i));
      assertThat(CatalogFile.read(folder)).as("cut at %d", i).isEmpty();
    }
    assertThat(reopened()).isEqualTo(listed);
  }

  @Test
  void followsFilesThatComeAndGoWhileTheStoreIsOpen() throws IOException {
    threeRuns();
    try (FileRunStore store = open()) {
      Files.copy(timeline("run-2"), timeline("copy"));
      assertThat(store.find(new RunId("copy")).map(RunOverview::startedAt)).contains(Entries.at(2));
      Files.delete(timeline("run-0"));
      assertThat(store.list())
          .extracting(run -> run.runId().value())
          .containsExactly("copy", "run-2", "run-1");
    }
  }

  @Test
  void doesNotKeepAnEndThatIsOnNoTimeline() {
    RunId run = new RunId("run-9");
    try (FileRunStore store = open()) {
      RunStoreContract.append(store, run, List.of(Entries.started(Entries.at(1), "x")));
      store.noteUnwritten(
          run, Entries.ended(Entries.at(2), RunState.Finished.failed("PERSISTENCE_ERROR", "full")));
    }
    assertThat(reopened().getFirst().state()).isEqualTo(new RunState.Running());
  }

  @Test
  void theEndOfATimelineSaysWhatItsWholeSays() throws IOException {
    long seed = Seeds.of("runs.catalog.seed", 7);
    SplittableRandom random = new SplittableRandom(seed);
    Path file = folder.resolve("any");
    for (int i = 0; i < RANDOM_TIMELINES; i++) {
      List<TimelineEntry> entries = entries(random);
      Files.write(file, new byte[0]);
      Optional<RunOverview> expected = Optional.empty();
      for (TimelineEntry entry : entries) {
        Files.write(file, TimelineJson.line(entry), StandardOpenOption.APPEND);
        expected = RunOverview.after(RunStoreContract.RUN, expected, entry);
      }
      if (random.nextBoolean()) {
        Files.writeString(file, "{\"type\":\"run_st", StandardOpenOption.APPEND);
      }
      assertThat(SegmentTail.read(RunStoreContract.RUN, file, LineReader.MAX_LINE_BYTES))
          .as("seed %d, timeline %d", seed, i)
          .isEqualTo(expected);
    }
  }

  // Lines shorter and longer than what is read at once, and segments over several such blocks.
  private static List<TimelineEntry> entries(SplittableRandom random) {
    List<TimelineEntry> entries = new ArrayList<>();
    int at = 0;
    int segments = random.nextInt(4);
    for (int i = 0; i < segments; i++) {
      entries.add(Entries.started(Entries.at(at++), "x".repeat(random.nextInt(300))));
      int lines = random.nextInt(5);
      for (int j = 0; j < lines; j++) {
        int length = random.nextInt(4) == 0 ? 70_000 : 300;
        entries.add(Entries.said(Entries.at(at++), "\"run_".repeat(random.nextInt(length) / 5)));
      }
      if (i < segments - 1 || random.nextBoolean()) {
        entries.add(Entries.ended(Entries.at(at++), RunState.Finished.cancelled("no")));
      }
    }
    return entries;
  }

  private List<RunOverview> threeRuns() {
    try (FileRunStore store = open()) {
      for (int i = 0; i < 3; i++) {
        RunStoreContract.append(
            store,
            new RunId("run-" + i),
            List.of(
                Entries.started(Entries.at(i), "é"),
                Entries.step(Entries.at(10), "s"),
                Entries.ended(
                    Entries.at(20 + i),
                    i == 1
                        ? RunState.Finished.failed("EXECUTION_ERROR", "no\nmore")
                        : RunState.Finished.completed())));
      }
      return store.list();
    }
  }

  private List<RunOverview> reopened() {
    try (FileRunStore store = open()) {
      return store.list();
    }
  }

  private FileRunStore open() {
    return FileRunStore.open(folder, "me");
  }

  private Path timeline(String run) {
    return folder.resolve(run + ".jsonl");
  }
}
