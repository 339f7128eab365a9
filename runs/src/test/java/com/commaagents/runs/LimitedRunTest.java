package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.runs.fakes.CountingStore;
import com.commaagents.runs.fakes.FakeClock;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.fakes.VirtualThreads;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that come to more than they may. A round-trip of a fake model takes five tokens.
class LimitedRunTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final String ADVICE = ". Prepare the run with a higher limit to go on.";
  private static final RunLimits TEN_MINUTES =
      RunLimits.NONE.withMaxDuration(Duration.ofMinutes(10));
  private static final String TOO_LONG =
      "maxDurationMs: 600000 ms have passed since the start" + ADVICE;

  // The run system's sweeper sleeps from the beginning.
  private static final int SWEEPER = 1;

  @TempDir Path folder;

  private final RecordingSink sink = new RecordingSink();
  private final FakeModels models = new FakeModels();
  private final FakeTools tools = new FakeTools();
  private final FakeClock clock = new FakeClock();
  private CountingStore store = new CountingStore(new MemoryRunStore());
  private RunSystem runs = RunSystem.open(options(OptionalInt.empty()));

  @BeforeEach
  void writeStrategies() throws IOException {
    strategy("echo.yaml", "echo", "[{agent: a}, {agent: a}]");
    strategy("hang.yaml", "hang", "[{agent: a}]");
    strategy("chat.yaml", "echo", "[{agent: user}]");
    strategy("list.yaml", "list", "[{agent: a}]");
    strategy("launch.yaml", "launch", "[{agent: a}]");
    Files.createDirectories(folder.resolve(".comma/strategies"));
    strategy(".comma/strategies/child.yaml", "list", "[{agent: a}]");
  }

  @AfterEach
  void nothingIsLeftOpen() throws InterruptedException {
    runs.shutdown();
    assertThat(tools.open).hasValue(0);
    assertThat(store.openLogs()).isZero();
  }

  @Test
  void completesWithExactlyWhatItMaySpend() throws InterruptedException {
    RunId run = start("echo", RunLimits.NONE.withMaxTokens(10));

    assertThat(end(run)).isEqualTo(RunState.Finished.completed());
  }

  @Test
  void endsWithTheLimitAndTheFigureAndKeepsWhatWasSaid() throws InterruptedException {
    RunId run = start("echo", RunLimits.NONE.withMaxTokens(9));
    String message = "maxTokens: 10 tokens are spent; the limit is 9" + ADVICE;

    assertThat(end(run)).isEqualTo(RunState.Finished.failed("LIMIT_EXCEEDED", message));
    assertThat(sink.to(ALICE, run).getLast().message())
        .isEqualTo(
            new RunMessage.StrategyFailed(
                new RunError("LIMIT_EXCEEDED", message), Optional.of("r")));
    List<TimelineEvent> kept = onDisk(run);
    assertThat(kept.get(kept.size() - 2))
        .isEqualTo(
            new TimelineEvent.AgentPartial(
                new TimelineEvent.Partial("a", "1", "go!!", "", List.of())));
    assertThat(kept.getLast())
        .isInstanceOfSatisfying(
            TimelineEvent.RunCompleted.class,
            completed ->
                assertThat(completed.outcome().error().orElseThrow().message()).isEqualTo(message));
  }

  @Test
  void holdsASegmentToTheLimitsItIsPreparedWith() throws InterruptedException {
    RunLimits tight = RunLimits.NONE.withMaxAgentCalls(1);
    RunId run = start("echo", tight);
    assertThat(end(run).error().orElseThrow().code()).isEqualTo("LIMIT_EXCEEDED");

    runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value()));
    runs.continueRun(ALICE, run.value(), "more", Optional.empty());

    assertThat(end(run)).isEqualTo(RunState.Finished.completed());
    assertThat(onDisk(run))
        .filteredOn(TimelineEvent.RunStarted.class::isInstance)
        .map(event -> ((TimelineEvent.RunStarted) event).limits())
        .containsExactly(tight, RunLimits.NONE);
  }

  @Test
  void countsTheAgentsOfALaunchedStrategyAndIsNoFailureOfTheLaunch() throws InterruptedException {
    RunId run = start("launch", RunLimits.NONE.withMaxAgentCalls(1), "{'name':'child','input':''}");

    ends(run, "maxAgentCalls: 1 agent call is made; another one was asked for" + ADVICE);
    assertThat(onDisk(run)).noneMatch(TimelineEvent.ToolResult.class::isInstance);
  }

  @Test
  void countsTheToolCallsOfALaunchedStrategy() throws InterruptedException {
    String child = "{'name':'child','input':''}";
    RunId enough = start("launch", RunLimits.NONE.withMaxToolCalls(2), child);
    assertThat(end(enough)).isEqualTo(RunState.Finished.completed());

    RunId run = start("launch", RunLimits.NONE.withMaxToolCalls(1), child);
    ends(run, "maxToolCalls: 1 tool call is made; another one was asked for" + ADVICE);
  }

  @Test
  void callsNoToolOfAnAnswerThatIsTooExpensive() throws InterruptedException {
    models.price = Optional.of(ModelPrice.of("1", "1"));
    RunId run = start("list", RunLimits.NONE.withMaxCostUsd(new BigDecimal("0.000004")));

    ends(run, "maxCostUsd: 0.000005 US dollars are spent; the limit is 0.000004" + ADVICE);
    assertThat(onDisk(run)).noneMatch(TimelineEvent.ToolCalled.class::isInstance);
  }

  @Test
  void isNotPreparedToLimitACostThatNobodyKnows() {
    assertThatThrownBy(() -> prepare("echo", RunLimits.NONE.withMaxCostUsd(BigDecimal.ONE)))
        .hasMessage(
            "limits.maxCostUsd: the price of the model \"fake/echo\" of agent \"a\" is not known,"
                + " so its cost cannot be limited. Limit the run with maxTokens instead.");
    assertThat(runs.runsInMemory()).isEmpty();
    assertThat(tools.open).hasValue(0);
  }

  @Test
  void endsWhateverItWaitsForWhenItsTimeIsOver() throws InterruptedException {
    RunId run = start("hang", TEN_MINUTES);
    sink.await(ALICE, run, message -> message.toString().contains("so far"));
    clock.awaitSleeps(SWEEPER + 1);

    clock.moveOn(Duration.ofMinutes(10).minusMillis(1));
    clock.awaitSleeps(SWEEPER + 2);
    assertThat(runs.activeRuns()).isEqualTo(1);

    clock.moveOn(Duration.ofMillis(1));
    ends(run, TOO_LONG);
    models.interrupted.await();
    assertThat(onDisk(run))
        .contains(
            new TimelineEvent.AgentPartial(
                new TimelineEvent.Partial("a", "0", "so far", "", List.of())));
  }

  @Test
  void countsTheTimeThatAPersonTakes() throws InterruptedException {
    RunId run = start("chat", TEN_MINUTES, "");
    sink.await(ALICE, run, RunMessage.InputRequested.class::isInstance);
    clock.awaitSleeps(SWEEPER + 1);

    clock.moveOn(Duration.ofMinutes(10));

    ends(run, TOO_LONG);
    assertThat(runs.actions().resolveInput(ALICE, run.value(), "user", "late")).isFalse();
  }

  @Test
  void countsTheTimeUntilItsTurn() throws InterruptedException {
    runs.shutdown();
    store = new CountingStore(new MemoryRunStore());
    runs = RunSystem.open(options(OptionalInt.of(1)));
    RunId first = start("hang", RunLimits.NONE);
    RunId second = start("echo", TEN_MINUTES);
    clock.awaitSleeps(2 * SWEEPER + 1);

    clock.moveOn(Duration.ofMinutes(10));

    ends(second, TOO_LONG);
    runs.stopRun(first.value());
  }

  @Test
  void leavesNobodyWatchingTheTimeOfARunThatHasEnded() throws InterruptedException {
    RunId run = start("echo", TEN_MINUTES);
    assertThat(end(run)).isEqualTo(RunState.Finished.completed());

    Awaitility.await()
        .until(() -> VirtualThreads.named(folder.resolve("threads"), "limit-" + run).isEmpty());
  }

  private void ends(RunId run, String message) throws InterruptedException {
    assertThat(end(run)).isEqualTo(RunState.Finished.failed("LIMIT_EXCEEDED", message));
  }

  private RunState.Finished end(RunId run) throws InterruptedException {
    return runs.await(run.value()).map(RunOutcome::end).orElseThrow();
  }

  private RunId start(String strategy, RunLimits limits) throws InterruptedException {
    return start(strategy, limits, "go");
  }

  private RunId start(String strategy, RunLimits limits, String input) throws InterruptedException {
    RunId run = prepare(strategy, limits);
    runs.startRun(ALICE, run.value(), Optional.of(input.replace('\'', '"')), Optional.of("r"));
    return run;
  }

  private RunId prepare(String strategy, RunLimits limits) throws InterruptedException {
    return runs.prepareRun(
            ALICE,
            PrepareRunOptions.of(folder.resolve(strategy + ".yaml"))
                .withCwd(folder)
                .withLimits(limits))
        .runId();
  }

  private List<TimelineEvent> onDisk(RunId run) {
    return store.read(run).entries().stream().map(TimelineEntry::event).toList();
  }

  private RunSystemOptions options(OptionalInt maxConcurrentRuns) {
    RandomGenerator noJitter = () -> 0L;
    return RunSystemOptions.of(store, models, tools)
        .withSink(sink)
        .withCwd(Path.of("/"))
        .withDataFolder(Path.of("/nowhere"))
        .withMaxConcurrentRuns(maxConcurrentRuns)
        .withClock(clock)
        .withRandom(noJitter);
  }

  private void strategy(String file, String model, String steps) throws IOException {
    Files.writeString(
        folder.resolve(file),
        """
        name: %s
        version: "1"
        agents:
          user: { type: user, config: { requireInput: true } }
          a: { model: fake/%s, tools: [launch_strategy, list_strategy] }
        flow: { type: sequential, name: main, steps: %s }
        """
            .formatted(file.replaceFirst(".*/", "").replace(".yaml", ""), model, steps));
  }
}
