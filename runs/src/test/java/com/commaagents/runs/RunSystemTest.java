package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.ForwardingStore;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSystemTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");

  @TempDir Path folder;

  private final RecordingSink sink = new RecordingSink();
  private final FakeModels models = new FakeModels();
  private final FakeTools tools = new FakeTools();
  private final RefusingStore store = new RefusingStore();
  private RunSystem runs = open();

  @BeforeEach
  void writeStrategies() throws IOException {
    strategy("echo", "steps: [{agent: a}, {agent: b}]", "fake/echo");
    strategy("hang", "steps: [{agent: a}]", "fake/hang");
    strategy("fail", "steps: [{agent: a}]", "fake/fail");
    strategy("count", "steps: [{agent: a}]", "fake/count");
    strategy("chat", "steps: [{agent: user}, {agent: a}]", "fake/echo");
  }

  @AfterEach
  void nothingIsLeftOpen() throws InterruptedException {
    runs.shutdown();
    assertThat(tools.open).hasValue(0);
    assertThat(store.openLogs).isEqualTo(0);
  }

  @Test
  void tellsASubscriberEverythingInOrderAndNumbered() throws InterruptedException {
    RunId run = prepare("echo");
    runs.startRun(ALICE, run.value(), Optional.of("hello"), Optional.of("r1"));
    RunOutcome outcome = runs.await(run.value()).orElseThrow();

    assertThat(outcome.end()).isEqualTo(RunState.Finished.completed());
    assertThat(outcome.result().orElseThrow().text()).isEqualTo("hello!!");
    assertThat(sink.kinds(ALICE, run))
        .containsExactly(
            "StrategyStarted",
            "StepStarted",
            "AgentStreaming",
            "AgentStreaming",
            "AgentOutput",
            "AgentStreaming",
            "StepCompleted",
            "StepStarted",
            "AgentStreaming",
            "AgentStreaming",
            "AgentOutput",
            "AgentStreaming",
            "StepCompleted",
            "StrategyCompleted");
    assertThat(seqs(run)).isEqualTo(LongStream.rangeClosed(1, 14).boxed().toList());
    assertThat(last(run))
        .isEqualTo(
            new RunMessage.StrategyCompleted(
                "hello!!", new com.commaagents.engine.conversation.Usage(6, 4), Optional.of("r1")));
  }

  @Test
  void hasWrittenWhatItTells() throws InterruptedException {
    RunId run = prepare("echo");
    runs.startRun(ALICE, run.value(), Optional.of("hello"), Optional.empty());
    runs.await(run.value());

    assertThat(kindsOnDisk(run))
        .containsExactly(
            "RunStarted",
            "StepStarted",
            "AgentCall",
            "StepCompleted",
            "StepStarted",
            "AgentCall",
            "StepCompleted",
            "RunCompleted");
    assertThat(runs.runStore().find(run).orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void writesNothingBeforeTheStart() throws InterruptedException {
    RunId run = prepare("echo");
    assertThat(runs.actions().steer(run.value(), "be brief")).isTrue();
    assertThat(onDisk(run)).isEmpty();

    runs.stopRun(run.value());

    assertThat(onDisk(run)).isEmpty();
    assertThat(sink.kinds(ALICE, run)).containsExactly("SteerQueued", "StrategyFailed");
    assertThat(runs.runStore().find(run)).isEmpty();
  }

  @Test
  void keepsTheIdOfADiscardedRunTaken() throws InterruptedException {
    RunId run = prepare("echo");
    runs.stopRun(run.value());

    assertThatThrownBy(() -> prepare(withId("echo", run.value())))
        .isInstanceOf(Fault.class)
        .hasMessage("Run already exists: " + run);
  }

  @Test
  void startsARunOnce() throws InterruptedException {
    RunId run = prepare("hang");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> runs.startRun(BOB, run.value(), Optional.empty(), Optional.empty()))
        .hasMessage("Run already started: " + run);
    assertThatThrownBy(() -> runs.continueRun(BOB, run.value(), "x", Optional.empty()))
        .hasMessage("Run already started: " + run);
    assertThat(sink.to(BOB, run)).isEmpty();
    runs.stopRun(run.value());
  }

  @Test
  void refusesTheWrongVerb() throws InterruptedException {
    RunId run = prepare("echo");
    assertThatThrownBy(() -> runs.continueRun(ALICE, run.value(), "x", Optional.empty()))
        .hasMessage("Run was not prepared for continuation: " + run);
    runs.startRun(ALICE, run.value(), Optional.of("one"), Optional.empty());
    runs.await(run.value());
    assertThatThrownBy(() -> runs.continueRun(ALICE, run.value(), "x", Optional.empty()))
        .hasMessage("Prepared run not found: " + run);
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value()));
    assertThatThrownBy(() -> runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty()))
        .hasMessage("Run was prepared for continuation: " + run);
  }

  @Test
  void continuesWithTheWholeConversation() throws InterruptedException {
    RunId run = prepare("count");
    runs.startRun(ALICE, run.value(), Optional.of("one"), Optional.empty());
    runs.await(run.value());

    PreparedRun again = runs.prepareRun(BOB, PrepareRunOptions.continuing(run.value()));
    runs.continueRun(BOB, run.value(), "two", Optional.of("c"));
    RunOutcome outcome = runs.await(run.value()).orElseThrow();

    assertThat(again.history().records()).extracting(CallRecord::text).containsExactly("seen 1");
    assertThat(again.history().prompts())
        .containsExactly(
            new Conversation.Input("one", Optional.of(again.history().records().getFirst().id())));
    assertThat(outcome.result().orElseThrow().text()).isEqualTo("seen 3");
    // The first client still follows the run, and the numbering goes on.
    assertThat(seqs(run)).isEqualTo(LongStream.rangeClosed(1, 16).boxed().toList());
  }

  @Test
  void goesBackToTheFinishedRunWhenAContinuationIsStopped() throws InterruptedException {
    RunId run = prepare("count");
    runs.startRun(ALICE, run.value(), Optional.of("one"), Optional.empty());
    runs.await(run.value());
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value()));

    runs.stopRun(run.value());

    assertThat(last(run)).isInstanceOf(RunMessage.StrategyFailed.class);
    assertThat(runs.runStore().find(run).orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value()));
  }

  @Test
  void stopsWhateverItWaitsForAndKeepsWhatWasSaid() throws InterruptedException {
    RunId run = prepare("hang");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.of("r"));
    sink.await(ALICE, run, message -> message.toString().contains("so far"));

    runs.stopRun(run.value());

    assertThat(last(run))
        .isEqualTo(
            new RunMessage.StrategyFailed(
                new RunError(RunError.CANCELLED, "Run cancelled by client"), Optional.empty()));
    List<TimelineEvent> kept = onDisk(run);
    assertThat(kept.get(kept.size() - 2))
        .isEqualTo(
            new TimelineEvent.AgentPartial(
                new TimelineEvent.Partial("a", "0", "so far", "", List.of())));
    assertThat(kept.getLast()).isInstanceOf(TimelineEvent.RunCompleted.class);
    models.interrupted.await();
    // Prepared again while its clean-up may still go on, and without the partial text.
    PreparedRun again = runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value()));
    assertThat(again.history().records()).isEmpty();
    assertThat(again.history().prompts())
        .containsExactly(new Conversation.Input("go", Optional.empty()));
    runs.stopRun(run.value());
  }

  @Test
  void stoppingTwiceGivesOneEnd() throws InterruptedException {
    RunId run = prepare("hang");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty());
    runs.stopRun(run.value());
    runs.stopRun(run.value());
    runs.stopRun("nobody-knows-this-one");
    runs.stopRun("../not an id");

    assertThat(sink.kinds(ALICE, run)).containsOnlyOnce("StrategyFailed");
    assertThat(kindsOnDisk(run)).containsOnlyOnce("RunCompleted");
  }

  @Test
  void namesTheStepAndTheProviderWhenACallFails() throws InterruptedException {
    RunId run = prepare("fail");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.of("r"));
    runs.await(run.value());

    assertThat(last(run))
        .isInstanceOfSatisfying(
            RunMessage.StrategyFailed.class,
            failed -> {
              assertThat(failed.error().code()).isEqualTo("EXECUTION_ERROR");
              assertThat(failed.error().message()).contains("\"a\"", "fake: 400 no such thing");
              assertThat(failed.requestId()).contains("r");
            });
  }

  @Test
  void ofTwoPreparationsOfOneIdExactlyOneWins() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<String> results = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                String result;
                try {
                  go.await();
                  result = prepare(withId("echo", "mine")).value();
                } catch (Fault refused) {
                  result = refused.message();
                } catch (InterruptedException stopped) {
                  throw new IllegalStateException(stopped);
                }
                synchronized (results) {
                  results.add(result);
                }
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(results).hasSize(8).containsOnlyOnce("mine");
    assertThat(results)
        .filteredOn(result -> !result.equals("mine"))
        .containsOnly("Run already exists: mine");
  }

  @Test
  void aFailedPreparationLeavesNothing() throws IOException {
    Files.writeString(folder.resolve("broken.yaml"), "name: x\nversion: '1'\nagents: {}\n");

    assertThatThrownBy(() -> prepare(withId("broken", "mine")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("flow");
    assertThat(runs.runsInMemory()).isEmpty();
    assertThat(tools.open).hasValue(0);
    assertThatThrownBy(() -> runs.subscribe(BOB, "mine", OptionalLong.empty()))
        .hasMessage("Run not found: mine");
  }

  @Test
  void asksForWhatANewRunNeeds() {
    assertThatThrownBy(() -> prepare(withoutPath(Optional.empty())))
        .hasMessage("strategyPath is required when preparing a new run");
    assertThatThrownBy(() -> prepare(withoutPath(Optional.of("unknown"))))
        .hasMessage("Run not found: unknown");
    assertThatThrownBy(() -> prepare(withId("echo", "../../etc/passwd")))
        .hasMessageStartingWith("Invalid run id");
  }

  @Test
  void theFirstAnswerToAnInputCounts() throws InterruptedException {
    RunId run = prepare("chat");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty());
    sink.await(ALICE, run, message -> message instanceof RunMessage.InputRequested);

    assertThat(runs.actions().resolveInput(ALICE, run.value(), "somebody", "x")).isFalse();
    assertThat(runs.actions().resolveInput(ALICE, run.value(), "user", "hi")).isTrue();
    assertThat(runs.actions().resolveInput(ALICE, run.value(), "user", "late")).isFalse();
    RunOutcome outcome = runs.await(run.value()).orElseThrow();

    assertThat(outcome.result().orElseThrow().text()).isEqualTo("hi!");
    assertThat(onDisk(run))
        .contains(
            new TimelineEvent.UserInput("user", "hi", true, Optional.of("0"), Optional.empty()));
  }

  @Test
  void stopsARunThatWaitsForAPerson() throws InterruptedException {
    RunId run = prepare("chat");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty());
    sink.await(ALICE, run, message -> message instanceof RunMessage.InputRequested);

    runs.stopRun(run.value());

    assertThat(last(run)).isInstanceOf(RunMessage.StrategyFailed.class);
    assertThat(runs.actions().resolveInput(ALICE, run.value(), "user", "late")).isFalse();
  }

  @Test
  void mergesEachSteeringTextIntoTheNextCallOnce() throws InterruptedException {
    RunId run = prepare("echo");
    runs.actions().steer(run.value(), "be brief");
    runs.startRun(ALICE, run.value(), Optional.of("hello"), Optional.empty());
    RunOutcome outcome = runs.await(run.value()).orElseThrow();

    String block = "<user_steering>\nbe brief\n</user_steering>";
    assertThat(outcome.result().orElseThrow().text()).isEqualTo("hello\n\n" + block + "!!");
    assertThat(sink.to(ALICE, run).stream().map(PublishedMessage::message))
        .anyMatch(message ->
            message instanceof RunMessage.StepStarted(var _, var text) && text.equals("hello"));
    assertThat(kindsOnDisk(run)).startsWith("RunStarted", "Steering", "StepStarted", "UserInput");
  }

  @Test
  void endsARunWhoseTimelineCannotBeWritten() throws InterruptedException {
    RunId run = prepare("echo");
    RunId other = prepare("echo");
    store.refuse = true;
    runs.startRun(ALICE, run.value(), Optional.of("hello"), Optional.of("r"));
    runs.await(run.value());
    store.refuse = false;

    assertThat(sink.to(ALICE, run).stream().map(PublishedMessage::message))
        .containsExactly(
            new RunMessage.StrategyFailed(
                new RunError("PERSISTENCE_ERROR", "The disk is full."), Optional.of("r")));
    runs.startRun(ALICE, other.value(), Optional.of("hello"), Optional.empty());
    assertThat(runs.await(other.value()).orElseThrow().end())
        .isEqualTo(RunState.Finished.completed());
  }

  @Test
  void tellsEverybodyWhenItIsShutDown() throws InterruptedException {
    RunId running = prepare("hang");
    RunId pending = prepare("echo");
    runs.startRun(ALICE, running.value(), Optional.empty(), Optional.empty());

    runs.shutdown();

    assertThat(last(running)).isInstanceOf(RunMessage.StrategyFailed.class);
    assertThat(last(pending)).isInstanceOf(RunMessage.StrategyFailed.class);
    assertThat(kindsOnDisk(running)).endsWith("RunCompleted");
    assertThatThrownBy(() -> prepare("echo")).hasMessage("Run system is shutting down");
  }

  @Test
  void closesAtBootWhatADeadProcessLeftOpen() throws InterruptedException {
    RunId run = prepare("hang");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    sink.await(ALICE, run, message -> message.toString().contains("so far"));
    // A store that holds what the file would hold at the moment of a crash.
    RefusingStore crashed = new RefusingStore();
    try (RunStore.TimelineLog log = crashed.log(run)) {
      log.append(store.read(run).entries());
    }
    runs.stopRun(run.value());

    try (RunSystem reborn =
        RunSystem.open(RunSystemOptions.of(crashed, models, tools).withSink(sink))) {
      assertThat(crashed.find(run).orElseThrow().state())
          .isInstanceOfSatisfying(
              RunState.Finished.class,
              end -> assertThat(end.error().orElseThrow().code()).isEqualTo("INTERRUPTED"));
      PreparedRun again = reborn.prepareRun(BOB, PrepareRunOptions.continuing(run.value()));
      assertThat(again.history().prompts()).hasSize(1);
    }
  }

  @Test
  void letsOnlySoManyRunsExecuteAtOnce() throws InterruptedException {
    try (RunSystem narrow =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), models, tools)
                .withSink(sink)
                .withMaxConcurrentRuns(OptionalInt.of(1)))) {
      RunId first = narrow.prepareRun(ALICE, options("hang")).runId();
      RunId second = narrow.prepareRun(ALICE, options("echo")).runId();
      RunId third = narrow.prepareRun(ALICE, options("echo")).runId();
      narrow.startRun(ALICE, first.value(), Optional.empty(), Optional.empty());
      sink.await(ALICE, first, message -> message.toString().contains("so far"));
      narrow.startRun(ALICE, second.value(), Optional.of("x"), Optional.empty());
      narrow.startRun(ALICE, third.value(), Optional.of("x"), Optional.empty());
      narrow.stopRun(third.value());
      assertThat(sink.kinds(ALICE, second)).containsExactly("StrategyStarted");
      assertThat(sink.kinds(ALICE, third)).containsExactly("StrategyStarted", "StrategyFailed");

      narrow.stopRun(first.value());

      assertThat(narrow.await(second.value()).orElseThrow().end())
          .isEqualTo(RunState.Finished.completed());
    }
  }

  @Test
  void forgetsAllButTheNewestFinishedRuns() throws InterruptedException {
    for (int i = 0; i < RunTable.MAX_FINISHED + 3; i++) {
      runs.stopRun(prepare("echo").value());
    }
    org.awaitility.Awaitility.await()
        .until(() -> runs.runsInMemory().size() == RunTable.MAX_FINISHED);
  }

  private RunSystem open() {
    return RunSystem.open(RunSystemOptions.of(store, models, tools).withSink(sink));
  }

  private RunId prepare(String strategy) throws InterruptedException {
    return prepare(options(strategy));
  }

  private PrepareRunOptions options(String strategy) {
    return PrepareRunOptions.of(folder.resolve(strategy + ".yaml"));
  }

  private RunId prepare(PrepareRunOptions options) throws InterruptedException {
    return runs.prepareRun(ALICE, options).runId();
  }

  private PrepareRunOptions withId(String strategy, String runId) {
    return new PrepareRunOptions(
        Optional.of(runId),
        Optional.of(folder.resolve(strategy + ".yaml").toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static PrepareRunOptions withoutPath(Optional<String> runId) {
    return new PrepareRunOptions(
        runId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private List<TimelineEvent> onDisk(RunId run) {
    return store.read(run).entries().stream().map(TimelineEntry::event).toList();
  }

  private List<String> kindsOnDisk(RunId run) {
    return onDisk(run).stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private List<Long> seqs(RunId run) {
    return sink.to(ALICE, run).stream().map(PublishedMessage::seq).toList();
  }

  private RunMessage last(RunId run) {
    return sink.to(ALICE, run).getLast().message();
  }

  private void strategy(String name, String steps, String model) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        version: "1"
        agents:
          user: { type: user }
          a: { model: %s }
          b: { model: %s }
        flow:
          type: sequential
          name: main
          %s
        """
            .formatted(name, model, model, steps));
  }

  /// A memory store whose disk can be full, and that counts its open logs.
  private static final class RefusingStore extends ForwardingStore {
    private volatile boolean refuse;
    private volatile int openLogs;

    RefusingStore() {
      super(new MemoryRunStore());
    }

    @Override
    public synchronized TimelineLog log(RunId runId) {
      TimelineLog log = super.log(runId);
      openLogs++;
      return new TimelineLog() {
        @Override
        public void append(List<TimelineEntry> entries) {
          if (refuse) {
            throw new Fault(com.commaagents.base.fault.FaultCode.PERSISTENCE, "The disk is full.");
          }
          log.append(entries);
        }

        @Override
        public void close() {
          closedOne();
        }
      };
    }

    private synchronized void closedOne() {
      openLogs--;
    }
  }
}
