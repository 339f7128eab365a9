package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.fakes.TickingClock;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power fails at any moment, also while a journal is brought home, again and again on the same
/// folder: what was acknowledged is there, in order, and can be gone on with; what was deleted does
/// not come back.
///
/// More rounds: `-Druns.power.rounds=10000`, from a seed: `-Druns.power.seed=SEED`.
class PowerLossTest {
  private static final int ROUNDS = 40;
  private static final int RUNS = 8;
  private static final int MAX_STEPS = 120;
  // Small, so that it is begun anew often.
  private static final int JOURNAL_BYTES = 16 << 10;

  @TempDir Path folder;

  // The numbers of the appends that were acknowledged.
  private final Map<RunId, List<Integer>> acknowledged = new HashMap<>();
  private final Map<RunId, TimelineLog> logs = new HashMap<>();
  // What was appended before the run was deleted has lower numbers.
  private final Map<RunId, Integer> deletedBefore = new HashMap<>();
  private final TickingClock clock = new TickingClock(Entries.at(0));
  private int told;
  private int deleted;

  @Test
  void losesNothingThatWasAcknowledgedWhenThePowerFails() throws IOException {
    long seed = Seeds.of("runs.power.seed", 1);
    int rounds = Seeds.rounds("runs.power.rounds", ROUNDS);
    for (int round = 0; round < rounds; round++) {
      SplittableRandom random = new SplittableRandom(seed + round);
      MortalDisk mortal = new MortalDisk();
      FaultyDisk disk = new FaultyDisk(mortal);
      try {
        FileRunStore store = live(disk, random);
        mortal.die(random);
        store.close();
        logs.values().forEach(TimelineLog::close);
        logs.clear();
        dieAtOpening(random);
        check();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + (seed + round) + ": " + failure.getMessage(), failure);
      }
    }
    assertThat(told).isGreaterThan(rounds);
    assertThat(deleted).isPositive();
    assertThat(folder.resolve("runs.journal.kept-1")).doesNotExist();
  }

  /// Appends to several runs, ends some of their logs, deletes some, and meets failures of the
  /// disk. Whether lines are in the file of their run yet is a matter of chance.
  private FileRunStore live(FaultyDisk disk, SplittableRandom random) {
    FileRunStore store = FileRunStore.open(folder, "me", settings(disk));
    int steps = random.nextInt(MAX_STEPS);
    for (int step = 0; step < steps; step++) {
      RunId run = new RunId("run-" + random.nextInt(RUNS));
      if (random.nextInt(20) == 0) {
        sicken(disk, random);
      }
      if (random.nextInt(25) == 0) {
        delete(store, run);
      } else {
        append(store, run);
      }
      disk.heal();
      if (random.nextInt(4) == 0) {
        clock.tick();
      }
      if (random.nextInt(6) == 0) {
        closeLog(run);
      }
    }
    return store;
  }

  private static void sicken(FaultyDisk disk, SplittableRandom random) {
    List<FaultyDisk.Work> works = List.of(FaultyDisk.Work.values());
    FaultyDisk.Work work = works.get(random.nextInt(works.size()));
    List<FaultyDisk.Answer> answers = List.of(FaultyDisk.Answer.values());
    FaultyDisk.Answer answer = answers.get(random.nextInt(answers.size()));
    String suffix = random.nextBoolean() ? "runs.journal" : ".jsonl";
    disk.set(work, suffix, answer);
  }

  private void append(FileRunStore store, RunId run) {
    int number = told++;
    List<TimelineEntry> entries =
        List.of(Entries.said(Entries.at(number), "x".repeat(number * 37 % 600) + " " + number));
    try {
      logs.computeIfAbsent(run, store::log).append(entries);
      acknowledged.computeIfAbsent(run, _ -> new ArrayList<>()).add(number);
    } catch (Fault refused) {
      closeLog(run);
    }
  }

  /// One that was refused leaves the run there or not.
  private void delete(FileRunStore store, RunId run) {
    closeLog(run);
    acknowledged.remove(run);
    try {
      store.delete(run);
      deletedBefore.put(run, told);
      deleted++;
    } catch (Fault refused) {
      assertThat(refused.message()).startsWith("Cannot delete the run");
    }
  }

  private void closeLog(RunId run) {
    TimelineLog log = logs.remove(run);
    if (log != null) {
      log.close();
    }
  }

  /// A process that brings the journal home dies of the same.
  private void dieAtOpening(SplittableRandom random) throws IOException {
    MortalDisk mortal = new MortalDisk();
    FaultyDisk disk = new FaultyDisk(mortal);
    sicken(disk, random);
    try {
      FileRunStore store = FileRunStore.open(folder, "me", settings(disk));
      mortal.die(random);
      store.close();
    } catch (Fault refused) {
      assertThat(refused.message()).startsWith("Cannot use the runs folder");
      mortal.die(random);
    }
  }

  private void check() throws IOException {
    try (FileRunStore store = FileRunStore.open(folder, "me")) {
      deletedBefore.forEach((run, number) ->
          assertThat(store.read(run).entries())
              .as("%s, deleted before %d", run, number)
              .allMatch(entry -> number(entry) >= number));
      acknowledged.forEach((run, numbers) -> {
        RunStore.Timeline timeline = store.read(run);
        assertThat(timeline.damage()).as("%s", run).isEmpty();
        assertThat(timeline.entries().stream().map(PowerLossTest::number))
            .as("%s", run)
            .containsSubsequence(numbers);
      });
    }
    assertThat(folder.resolve("runs.journal")).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        if (Files.size(file) > 1 << 20) {
          Files.delete(file);
          acknowledged.remove(new RunId(file.getFileName().toString().replace(".jsonl", "")));
        }
      }
    }
  }

  private static Integer number(TimelineEntry entry) {
    String text = ((TimelineEvent.UserInput) entry.event()).text();
    return Integer.valueOf(text.substring(text.indexOf(' ') + 1));
  }

  private StoreSettings settings(Disk disk) {
    return new StoreSettings(disk, clock, LineReader.MAX_LINE_BYTES, JOURNAL_BYTES);
  }
}
