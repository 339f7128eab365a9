package com.commaagents.runs.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.PreparedRun;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.fakes.ChildJvm;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process with a run system is killed at any moment, again and again on the same folder: what
/// its clients were told is never lost, and everything can be gone on with.
///
/// More rounds: `-Druns.crash.rounds=1000`, as in the profile `long`. A failure names the seed,
/// `-Druns.crash.seed=SEED` takes it up.
// A child that says nothing must not hold the build for ever.
@Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {
  private static final int ROUNDS = 5;
  private static final int MAX_LINES_BEFORE_DEATH = 800;
  private static final ClientId CLIENT = new ClientId("client");

  @TempDir Path folder;

  // The newest number of each run that a dead process has told.
  private final Map<RunId, Long> usedNumbers = new HashMap<>();

  /// A message the dead process has told.
  private record Told(String kind, RunId run, long seq, String relied) {}

  @BeforeEach
  void writeStrategies() throws IOException {
    Strategies.write(folder);
  }

  @Test
  void losesNothingThatWasToldWhenItIsKilled() throws IOException, InterruptedException {
    long seed = Seeds.of("runs.crash.seed", 1);
    int rounds = Seeds.rounds("runs.crash.rounds", ROUNDS);
    int told = 0;
    int interrupted = 0;
    for (int round = 0; round < rounds; round++) {
      SplittableRandom random = new SplittableRandom(seed + round);
      try {
        List<Told> messages = runAndKill(random);
        told += messages.size();
        numbersRise(messages);
        interrupted += inspect(messages, random);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + (seed + round) + ": " + failure.getMessage(), failure);
      }
    }
    assertThat(told).isPositive();
    assertThat(interrupted).isPositive();
  }

  /// Within a life by one; over a death to where no number was before.
  private void numbersRise(List<Told> told) {
    Map<RunId, Long> newest = new HashMap<>();
    for (Told message : told) {
      Long before = newest.put(message.run(), message.seq());
      if (before == null) {
        assertThat(message.seq()).isGreaterThan(usedNumbers.getOrDefault(message.run(), 0L));
      } else {
        assertThat(message.seq()).isEqualTo(before + 1);
      }
    }
    usedNumbers.putAll(newest);
  }

  private List<Told> runAndKill(SplittableRandom random) throws IOException, InterruptedException {
    int lines = 1 + random.nextInt(MAX_LINES_BEFORE_DEATH);
    List<Told> told = new ArrayList<>();
    try (ChildJvm child =
        ChildJvm.start("true", CrashingProcess.class, runsFolder(), folder, random.nextLong())) {
      for (int i = 0; i < lines; i++) {
        parse(child.readLine()).ifPresent(told::add);
      }
      child.kill();
      for (String rest = child.readLine(); rest != null; rest = child.readLine()) {
        parse(rest).ifPresent(told::add);
      }
    }
    return told;
  }

  /// The message of a line; empty for the torn last one.
  private static Optional<Told> parse(@Nullable String line) {
    assertThat(line).as("the process died by itself").isNotNull();
    String[] fields = line.split("\t", -1);
    return fields.length == 5 && fields[4].equals(".")
        ? Optional.of(
            new Told(fields[0], new RunId(fields[1]), Long.parseLong(fields[2]), fields[3]))
        : Optional.empty();
  }

  /// @return how many runs had been interrupted
  private int inspect(List<Told> told, SplittableRandom random)
      throws IOException, InterruptedException {
    everyWholeLineParses();
    try (FileRunStore store = FileRunStore.open(runsFolder(), "the test")) {
      everythingToldIsOnDisk(told, store);
      Map<RunId, RunState> before = new HashMap<>();
      store.list().forEach(run -> before.put(run.runId(), run.state()));
      try (RunSystem runs =
          RunSystem.open(RunSystemOptions.of(store, new FakeModels(), new FakeTools()))) {
        int interrupted = everyRunHasATrueEnd(before, store);
        List<RunOverview> all = store.list();
        canBeContinued(all.get(random.nextInt(all.size())).runId(), runs, store);
        return interrupted;
      }
    }
  }

  private void everyWholeLineParses() throws IOException {
    try (Stream<Path> files = Files.list(runsFolder())) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        assertThat(whole.lines())
            .as("%s", file)
            .allSatisfy(line ->
                assertThat(TimelineReader.read(line.getBytes(StandardCharsets.UTF_8))).isPresent());
      }
    }
  }

  private static void everythingToldIsOnDisk(List<Told> told, RunStore store) {
    Map<RunId, List<String>> promised = new HashMap<>();
    for (Told message : told) {
      List<String> ofRun = promised.computeIfAbsent(message.run(), _ -> new ArrayList<>());
      switch (message.kind()) {
        case "StepCompleted" -> ofRun.add("step " + message.relied());
        case "StrategyCompleted", "StrategyFailed" ->
            ofRun.add("end " + message.seq() + " " + message.relied());
        case "StrategyStarted" -> ofRun.add("start");
        default -> {}
      }
    }
    promised.forEach((run, wanted) ->
        assertThat(kept(store.read(run))).as("%s", run).containsSubsequence(wanted));
  }

  /// What a timeline says of steps and segments, in the words of the promises.
  private static List<String> kept(RunStore.Timeline timeline) {
    List<String> kept = new ArrayList<>();
    for (TimelineEntry entry : timeline.entries()) {
      if (entry.event() instanceof TimelineEvent.StepCompleted(var step, var result)) {
        kept.add("step " + step.path() + " " + result.orElseThrow().text());
      } else if (entry.event() instanceof TimelineEvent.RunStarted) {
        kept.add("start");
      } else if (entry.event() instanceof TimelineEvent.RunCompleted(var end, var result, var seq)
          && seq.isPresent()) {
        kept.add(
            "end "
                + seq.getAsLong()
                + " "
                + end.error()
                    .map(RunError::code)
                    .orElseGet(() -> "completed " + result.orElseThrow().text()));
      }
    }
    return kept;
  }

  private static int everyRunHasATrueEnd(Map<RunId, RunState> before, RunStore store) {
    int interrupted = 0;
    for (RunOverview run : store.list()) {
      RunState was = before.getOrDefault(run.runId(), new RunState.Absent());
      if (was instanceof RunState.Finished) {
        assertThat(run.state()).isEqualTo(was);
      } else {
        assertThat(was).isEqualTo(new RunState.Running());
        assertThat(run.state())
            .isEqualTo(
                RunState.Finished.failed(
                    RunError.INTERRUPTED,
                    "The process that executed this run ended before it did."));
        interrupted++;
      }
      assertThat(History.of(store.read(run.runId()).entries()).state()).isEqualTo(run.state());
    }
    return interrupted;
  }

  private void canBeContinued(RunId run, RunSystem runs, RunStore store)
      throws InterruptedException {
    int records = History.of(store.read(run).entries()).records().size();
    PreparedRun prepared =
        runs.prepareRun(CLIENT, CrashingProcess.continuing(run, folder.resolve("echo.yaml")));
    assertThat(prepared.history().records()).hasSize(records);
    runs.continueRun(CLIENT, run.value(), "after the crash", Optional.empty());
    assertThat(runs.await(run.value()).orElseThrow().result().orElseThrow().text())
        .isEqualTo("after the crash!!");
    assertThat(store.find(run).orElseThrow().state()).isEqualTo(RunState.Finished.completed());
  }

  private Path runsFolder() {
    return folder.resolve("runs");
  }
}
