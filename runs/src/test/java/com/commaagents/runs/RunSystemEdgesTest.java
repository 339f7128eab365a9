package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.fakes.CountingStore;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.fakes.Wire;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where preparation, continuation, stopping and the disk meet.
class RunSystemEdgesTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path folder;

  private final Wire wire = new Wire();
  private final FakeTools tools = new FakeTools();

  @BeforeEach
  void writeStrategies() throws IOException {
    Strategies.write(folder);
  }

  @Test
  void neverUsesANumberTwiceAlsoWhereNobodyFollows() throws InterruptedException {
    try (RunSystem runs = memory()) {
      complete(runs);
      for (int i = 0; i < 3; i++) {
        abandonContinuation(runs);
        runs.forget(ALICE);
      }
      runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
      runs.continueRun(ALICE, RUN.value(), "again", Optional.empty());
      runs.await(RUN.value());

      follow(runs);
      assertThat(wire.of(RUN))
          .extracting(PublishedMessage::seq)
          .isEqualTo(LongStream.rangeClosed(1, wire.of(RUN).size()).boxed().toList());
    }
  }

  @Test
  void isWhatItWasAfterAContinuationWasStopped() throws InterruptedException {
    try (RunSystem runs = memory()) {
      complete(runs);
      RunOutcome outcome = runs.await(RUN.value()).orElseThrow();
      abandonContinuation(runs);

      assertThat(runs.runsInMemory())
          .extracting(RunSummary::status)
          .containsExactly(RunStatus.COMPLETED);
      assertThat(runs.await(RUN.value())).contains(outcome);
    }
  }

  @Test
  void hasNoOutcomeOfARunThatWasNeverStarted() throws InterruptedException {
    try (RunSystem runs = memory()) {
      prepare(runs, "echo");
      runs.stopRun(RUN.value());
      assertThat(runs.await(RUN.value())).isEmpty();
      assertThatThrownBy(() -> runs.await("unknown")).hasMessage("Run not found: unknown");
    }
  }

  @Test
  void findsNobodyWaitingOnceAStopHasReturned() throws InterruptedException {
    try (RunSystem runs = memory()) {
      prepare(runs, "chat");
      follow(runs);
      runs.startRun(ALICE, RUN.value(), Optional.empty(), Optional.empty());
      for (int i = 0; i < 50; i++) {
        awaitInputRequest(i + 1);
        runs.stopRun(RUN.value());
        assertThat(runs.actions().resolveInput(ALICE, RUN.value(), "user", "late")).isFalse();
        assertThat(runs.actions().steer(RUN.value(), "late")).isFalse();
        runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
        runs.continueRun(ALICE, RUN.value(), "", Optional.empty());
      }
    }
  }

  @Test
  void keepsTheOutcomeOfARunWhoseEndCouldNotBeWritten() throws IOException, InterruptedException {
    Path runsFolder = folder.resolve("runs");
    FileRunStore store = FileRunStore.open(runsFolder, "the test");
    try (RunSystem runs = open(new CountingStore(store), tools)) {
      prepare(runs, "chat");
      follow(runs);
      runs.startRun(ALICE, RUN.value(), Optional.empty(), Optional.empty());
      runs.stopRun(RUN.value());
      prepare(runs, "echo");
      Files.move(runsFolder.resolve("run-1.jsonl"), folder.resolve("aside"));
      Files.createSymbolicLink(runsFolder.resolve("run-1.jsonl"), Path.of("/dev/full"));
      runs.continueRun(ALICE, RUN.value(), "x", Optional.of("req"));
      RunOutcome outcome = runs.await(RUN.value()).orElseThrow();

      assertThat(outcome.end().error().orElseThrow().code()).isEqualTo("PERSISTENCE_ERROR");
      assertThat(runs.await(RUN.value())).contains(outcome);
      assertThat(wire.of(RUN).getLast().message())
          .isEqualTo(
              new RunMessage.StrategyFailed(
                  outcome.end().error().orElseThrow(), Optional.of("req")));

      Files.delete(runsFolder.resolve("run-1.jsonl"));
      Files.move(folder.resolve("aside"), runsFolder.resolve("run-1.jsonl"));
      prepare(runs, "echo");
      runs.continueRun(ALICE, RUN.value(), "y", Optional.empty());
      assertThat(runs.await(RUN.value()).orElseThrow().end())
          .isEqualTo(RunState.Finished.completed());
    }
  }

  @Test
  void freesTheIdOfAPreparationThatMetADefect() throws InterruptedException {
    CountingStore store = new CountingStore(new MemoryRunStore());
    ToolRegistry broken =
        new ToolRegistry() {
          private boolean mended;

          @Override
          public Set<String> names() {
            return Set.of();
          }

          @Override
          public ToolSession open(ToolScope scope) {
            if (mended) {
              return tools.open(scope);
            }
            mended = true;
            throw new IllegalStateException("a defect");
          }
        };
    try (RunSystem runs = open(store, broken)) {
      assertThatThrownBy(() -> prepare(runs, "echo")).hasMessage("a defect");
      assertThat(store.openLogs()).isZero();
      assertThat(runs.runsInMemory()).isEmpty();
      prepare(runs, "echo");
    }
    assertThat(store.openLogs()).isZero();
    assertThat(tools.open).hasValue(0);
  }

  @Test
  void takesNothingOnceItIsShutDown() throws InterruptedException {
    RunSystem runs = memory();
    prepare(runs, "echo");
    runs.shutdown();
    runs.shutdown();
    assertThatThrownBy(() -> prepare(runs, "echo"))
        .isInstanceOf(Fault.class)
        .hasMessage("Run system is shutting down");
    assertThatThrownBy(() -> runs.startRun(ALICE, RUN.value(), Optional.empty(), Optional.empty()))
        .hasMessage("Prepared run not found: run-1");
    runs.close();
  }

  private RunSystem memory() {
    return open(new CountingStore(new MemoryRunStore()), tools);
  }

  private RunSystem open(CountingStore store, ToolRegistry toolRegistry) {
    return RunSystem.open(
        RunSystemOptions.of(store, new FakeModels(), toolRegistry).withSink(wire));
  }

  private void complete(RunSystem runs) throws InterruptedException {
    prepare(runs, "echo");
    runs.startRun(ALICE, RUN.value(), Optional.of("hello"), Optional.empty());
    runs.await(RUN.value());
  }

  private static void abandonContinuation(RunSystem runs) throws InterruptedException {
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.stopRun(RUN.value());
    runs.await(RUN.value());
  }

  private void prepare(RunSystem runs, String strategy) throws InterruptedException {
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(RUN.value()),
            Optional.of(folder.resolve(strategy + ".yaml").toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /// Lets the wire have everything of the run, from its first message on.
  private static void follow(RunSystem runs) throws InterruptedException {
    runs.subscribe(Wire.WITNESS, RUN.value(), OptionalLong.of(0));
  }

  private void awaitInputRequest(int count) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            wire.of(RUN).stream()
                    .filter(told -> told.message() instanceof RunMessage.InputRequested)
                    .count()
                >= count);
  }
}
