package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.CountingStore;
import com.commaagents.runs.fakes.FakeClock;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.fakes.VirtualThreads;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prepared runs that nobody starts and nobody follows.
class ReleaseTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");
  private static final RunId RUN = new RunId("mine");

  @TempDir Path folder;

  private final RecordingSink sink = new RecordingSink();
  private final FakeTools tools = new FakeTools();
  private final FakeClock clock = new FakeClock();
  private final CountingStore store = new CountingStore(new MemoryRunStore());
  private final RunSystem runs = RunSystem.open(options());
  private int sweeps = 1;

  @BeforeEach
  void writeStrategies() throws IOException, InterruptedException {
    Strategies.write(folder);
    clock.awaitSleeps(sweeps);
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
  }

  @Test
  void forgetsANewRunThatNobodyFollowsForLong() throws InterruptedException {
    prepare("echo");
    runs.forget(ALICE);

    pass(Sweeper.UNFOLLOWED_KEPT.minusMillis(1));
    assertThat(runs.runsInMemory()).hasSize(1);
    pass(Sweeper.PAUSE);

    awaitRuns(List.of());
    assertThat(tools.open).hasValue(0);
    assertThat(store.openLogs()).isZero();
    assertThat(store.find(RUN)).isEmpty();
    assertThat(sink.kinds(ALICE, RUN)).isEmpty();
    assertThatThrownBy(() -> start(BOB)).hasMessage("Prepared run not found: mine");
    assertThatThrownBy(() -> runs.subscribe(BOB, RUN.value(), OptionalLong.empty()))
        .hasMessage("Run not found: mine");
  }

  @Test
  void forgetsItAtTheMoment() throws InterruptedException {
    prepare("echo");
    runs.forget(ALICE);

    pass(Sweeper.UNFOLLOWED_KEPT);

    awaitRuns(List.of());
  }

  @Test
  void preparesAForgottenIdAgain() throws InterruptedException {
    prepare("echo");
    runs.forget(ALICE);
    pass(Sweeper.UNFOLLOWED_KEPT);
    awaitRuns(List.of());

    prepare("echo");
    start(ALICE);

    assertThat(runs.await(RUN.value()).map(RunOutcome::end))
        .contains(RunState.Finished.completed());
  }

  @Test
  void keepsARunThatSomebodyFollows() throws InterruptedException {
    prepare("echo");

    pass(Duration.ofDays(1));

    assertThat(runs.activeRuns()).isEqualTo(1);
  }

  @Test
  void countsFromTheLastSubscriber() throws InterruptedException {
    prepare("echo");
    runs.forget(ALICE);
    pass(Duration.ofMinutes(20));
    runs.subscribe(BOB, RUN.value(), OptionalLong.empty());
    pass(Duration.ofMinutes(20));
    runs.unsubscribe(BOB, RUN.value());
    runs.unsubscribe(BOB, RUN.value());

    pass(Duration.ofMinutes(20));
    assertThat(runs.activeRuns()).isEqualTo(1);
    pass(Duration.ofMinutes(10));

    awaitRuns(List.of());
  }

  @Test
  void keepsARunThatWasStarted() throws InterruptedException {
    prepare("hang");
    start(ALICE);
    runs.forget(ALICE);

    pass(Duration.ofDays(1));

    assertThat(runs.activeRuns()).isEqualTo(1);
  }

  @Test
  void putsAContinuationBackToWhatItWas() throws InterruptedException {
    prepare("echo");
    start(ALICE);
    runs.await(RUN.value());
    List<RunSummary> before = runs.runsInMemory();
    int told = sink.to(ALICE, RUN).size();
    int kept = store.read(RUN).entries().size();
    pass(Duration.ofMinutes(5));

    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.forget(ALICE);
    pass(Sweeper.UNFOLLOWED_KEPT);

    awaitRuns(before);
    assertThat(sink.to(ALICE, RUN)).hasSize(told);
    assertThat(store.read(RUN).entries()).hasSize(kept);
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.continueRun(ALICE, RUN.value(), "more", Optional.empty());
    assertThat(runs.await(RUN.value()).map(RunOutcome::end))
        .contains(RunState.Finished.completed());
  }

  @Test
  void endsItsSweeperWithTheRunSystem() throws IOException, InterruptedException {
    runs.shutdown();

    assertThat(VirtualThreads.named(folder.resolve("threads"), "sweep-runs")).isEmpty();
  }

  /// Lets time pass until the runs have been looked at.
  private void pass(Duration time) throws InterruptedException {
    clock.moveOn(time);
    clock.awaitSleeps(++sweeps);
  }

  private void awaitRuns(List<RunSummary> expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(runs.runsInMemory()).isEqualTo(expected));
  }

  private void prepare(String strategy) throws InterruptedException {
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(RUN.value()),
            Optional.of(folder.resolve(strategy + ".yaml").toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void start(ClientId client) throws InterruptedException {
    runs.startRun(client, RUN.value(), Optional.of("go"), Optional.empty());
  }

  private RunSystemOptions options() {
    RandomGenerator noJitter = () -> 0L;
    return RunSystemOptions.of(store, new FakeModels(), tools)
        .withSink(sink)
        .withCwd(Path.of("/"))
        .withDataFolder(Path.of("/nowhere"))
        .withClock(clock)
        .withRandom(noJitter);
  }
}
