package com.commaagents.runs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.runs.fakes.ChildJvm;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.fakes.VirtualThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real run system in games in which chance decides everything, with what must hold looked at
/// after every step.
///
/// A failure names its seed. `-Druns.simulation.seed=SEED -Druns.simulation.rounds=1
/// -Druns.simulation.shown=true` plays that game again, step by step the same, and prints it.
class SimulationTest {
  private static final int ROUNDS = 500;
  private static final int COMPARED = 5;

  /// What has to happen in some game, or the games prove little.
  private static final List<String> WORTH_PLAYING =
      List.of(
          // What is told.
          "StrategyStarted",
          "StepStarted",
          "AgentStreaming",
          "AgentOutput",
          "StepCompleted",
          "InputRequested",
          "PermissionRequested",
          "QuestionRequested",
          "SteerQueued",
          "PolicyUpdated",
          "StrategyCompleted",
          "StrategyFailed",
          "ReplayGap",
          "RequestResolved",
          "Snapshot",
          "snapshot in a sentence",
          "snapshot with a request",
          // How runs end.
          "cancelled before the start",
          "CANCELLED",
          "EXECUTION_ERROR",
          "PERSISTENCE_ERROR",
          "kept COMPLETED",
          "kept CANCELLED",
          "kept EXECUTION_ERROR",
          "kept INTERRUPTED",
          "kept AgentPartial",
          "kept SubAgentCall",
          "kept PermissionDecided",
          // Who was late.
          "first answer",
          "answer too late",
          "steered",
          "nobody to steer",
          "steering heard",
          "Run already exists",
          "Run already started",
          "Prepared run not found",
          "Run was prepared for continuation",
          "Run was not prepared for continuation",
          "Run was not interrupted",
          "resumed",
          "deleted",
          "deletion refused",
          "Run system is shutting down",
          "refused: broken",
          // What breaks.
          "append refused",
          "unreadable",
          "tools do not close",
          "model fails",
          "model fails for now",
          "model hangs",
          "model interrupted",
          // How lives end.
          "ended at rest",
          "early shutdown",
          "death");

  @TempDir Path folder;

  @BeforeEach
  void writeStrategies() throws IOException {
    Game.writeStrategies(folder);
  }

  @Test
  void holdsTogetherInEveryGame() throws IOException {
    long first = Seeds.of("runs.simulation.seed", 1);
    int rounds = Seeds.rounds("runs.simulation.rounds", ROUNDS);
    Map<String, Integer> happened = new TreeMap<>();
    for (long seed = first; seed < first + rounds; seed++) {
      play(seed).happened().forEach((what, times) -> happened.merge(what, times, Integer::sum));
    }
    if (rounds >= ROUNDS) {
      assertThat(happened.keySet()).containsAll(WORTH_PLAYING);
      assertThat(happened.keySet()).containsAll(Action.ALL.stream().map(Action::name).toList());
    }
    assertThat(VirtualThreads.named(folder.resolve("threads"), "run-", "execute-", "client"))
        .isEmpty();
  }

  @Test
  void playsTheSameGameFromTheSameSeed() {
    List<Long> seeds = LongStream.range(1, 1 + COMPARED).boxed().toList();
    List<String> traces = seeds.stream().map(seed -> play(seed).trace()).toList();

    assertThat(seeds.stream().map(seed -> play(seed).trace())).isEqualTo(traces);
    assertThat(traces).doesNotHaveDuplicates();
  }

  @Test
  void playsTheSameGameInAnotherProcess() throws IOException {
    List<String> traces =
        LongStream.range(1, 1 + COMPARED).mapToObj(seed -> play(seed).trace()).toList();
    List<String> others = new ArrayList<>();
    String open = "export JDK_JAVA_OPTIONS='--add-opens=java.base/java.lang=ALL-UNNAMED'";
    try (ChildJvm process = ChildJvm.start(open, TraceProcess.class, folder, 1, COMPARED)) {
      String trace = process.readLine();
      while (trace != null) {
        others.add(trace);
        trace = process.readLine();
      }
    }

    assertThat(others).isEqualTo(traces);
  }

  private Referee play(long seed) {
    try {
      return Game.play(seed, folder);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "-Druns.simulation.seed=%d -Druns.simulation.rounds=1: %s"
              .formatted(seed, failure.getMessage()),
          failure);
    }
  }
}
