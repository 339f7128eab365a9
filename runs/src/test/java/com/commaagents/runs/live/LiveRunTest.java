package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.mcp.NoServers;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LiveRunTest {
  private static final RunId RUN = new RunId("run-1");
  private static final ClientId CLIENT = new ClientId("client");

  /// What was kept and told, in the order in which it was done.
  private final List<String> done = new ArrayList<>();

  private final AtomicInteger executions = new AtomicInteger();
  private final MemoryRunStore store = new MemoryRunStore();
  private final Hub hub = new Hub(new OrderedSink(), Clock.system());
  private final Channel channel = hub.open(RUN, 0);
  private final LiveRun run =
      new LiveRun(
          plan(),
          new RunState.Pending(Optional.empty()),
          channel,
          new RecordingLog(),
          new HistoryBuilder(),
          Optional.empty(),
          NoServers.none(),
          new LiveRun.Outlets(store, hub, Clock.system(), IdGenerator.random()));
  private volatile boolean diskFull;
  private volatile boolean answeredAtTheEnd;

  @Test
  void keepsBeforeItTells() throws InterruptedException {
    begin((input, _) -> {
      run.journal().add(new EngineEvent.StepStarted(step(), input));
      return CallResult.of("done");
    });
    start();
    run.awaitClosed();
    assertThat(done)
        .containsSubsequence("kept RunStarted", "told StrategyStarted")
        .containsSubsequence("kept StepStarted", "told StepStarted")
        .containsSubsequence("kept RunCompleted", "told StrategyCompleted")
        .hasSize(6)
        .endsWith("told StrategyCompleted");
  }

  @Test
  void isOnDiskWhenAFlushReturns() throws InterruptedException {
    BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
    begin((_, _) -> {
      run.journal().add(new EngineEvent.StepStarted(step(), ""));
      run.journal().flush();
      seen.add(soFar());
      return CallResult.of("done");
    });
    start();
    run.awaitClosed();
    assertThat(seen.take()).contains("kept StepStarted");
  }

  @Test
  void endsTheWorkThatWaitsForADiskThatRefuses() throws InterruptedException {
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    begin((_, _) -> {
      diskFull = true;
      run.journal().add(new EngineEvent.StepStarted(step(), ""));
      try {
        run.journal().flush();
        ended.add("flushed");
      } catch (InterruptedException stopped) {
        ended.add("interrupted");
        throw stopped;
      }
      return CallResult.of("done");
    });
    start();
    Standing standing = run.awaitClosed();
    assertThat(ended).containsExactly("interrupted");
    assertThat(standing.outcome().orElseThrow().end())
        .isEqualTo(RunState.Finished.failed("PERSISTENCE_ERROR", "The disk is full."));
    assertThat(soFar())
        .containsExactly("kept RunStarted", "told StrategyStarted", "told StrategyFailed");
  }

  @Test
  void neverBeginsTheWorkOfARunThatIsStoppedInTheSameBreath() throws InterruptedException {
    Thread starter = Thread.ofPlatform().start(() -> uninterrupted(this::start));
    awaitWaiting(starter);
    Thread stopper = Thread.ofPlatform().start(() -> uninterrupted(() -> run.stop("enough")));
    awaitWaiting(stopper);
    begin((_, _) -> CallResult.of("done"));
    starter.join();
    stopper.join();
    run.awaitClosed();
    assertThat(soFar())
        .containsExactly(
            "kept RunStarted", "kept RunCompleted", "told StrategyStarted", "told StrategyFailed");
    assertThat(executions).hasValue(0);
  }

  @Test
  void waitsForNobodysAnswerOnceItsEndIsTold() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    begin((input, _) -> {
      asked.countDown();
      return CallResult.of(run.people().input("user", "0", input));
    });
    start();
    asked.await();
    Awaitility.await().until(() -> soFar().contains("told InputRequested"));
    run.stop("enough");
    assertThat(answeredAtTheEnd).isFalse();
    assertThat(run.answerInput(CLIENT, "user", "late")).isFalse();
    assertThat(run.steer("late")).isFalse();
    run.awaitClosed();
  }

  @Test
  void letsNobodyWaitForAnAnswerAfterItsEnd() throws InterruptedException {
    begin((_, _) -> CallResult.of("done"));
    start();
    run.awaitClosed();
    assertThatThrownBy(() -> run.people().input("user", "0", ""))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> run.people().question("a", "0", "ask", "?"))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> run.journal().flush()).isInstanceOf(InterruptedException.class);
    EngineEvent late = new EngineEvent.StepStarted(step(), "too late");
    run.journal().add(late);
    assertThatThrownBy(() -> run.workJournal().add(late)).isInstanceOf(InterruptedException.class);
    assertThat(run.people().takeSteering("a", "0")).isEmpty();
  }

  @Test
  void takesAsMuchSteeringAsItSaysAndEachTextOnce() throws InterruptedException {
    begin((_, _) -> CallResult.of("done"));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < PendingRequests.MAX_STEERING; i++) {
      texts.add("t" + i);
      assertThat(run.steer("t" + i)).isTrue();
    }
    assertThat(run.steer("one too many")).isFalse();
    assertThat(run.people().takeSteering("a", "0")).isEqualTo(texts);
    assertThat(run.people().takeSteering("a", "0")).isEmpty();
    assertThat(run.steer("room again")).isTrue();
    run.stop("enough");
    run.awaitClosed();
  }

  @Test
  void isRefusedAfterItsEndAsBefore() throws InterruptedException {
    begin((_, _) -> CallResult.of("done"));
    start();
    run.awaitClosed();
    assertThat(run.start(new RunCommand.Start(), CLIENT, Optional.empty(), Optional.empty()))
        .isEqualTo(new Decision.Refused(Decision.Refusal.NOT_PREPARED));
    run.stop("late");
    assertThat(run.awaitClosed(Duration.ZERO)).isTrue();
    assertThat(soFar()).doesNotContain("told StrategyFailed");
  }

  @Test
  void isGoneForWhoeverComesAfterItsRelease() throws InterruptedException {
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    run.releaseIfUnfollowedSince(Clock.system().nanos());
    Thread starter = waiting(() -> answers.add(start()));
    Thread follower = waiting(() -> answers.add(run.follow(CLIENT, OptionalLong.empty())));
    Thread stopper = waiting(() -> run.stop("enough"));
    begin((_, _) -> CallResult.of("done"));
    starter.join();
    follower.join();
    stopper.join();
    assertThat(run.awaitClosed().state()).isEqualTo(new RunState.Absent());
    assertThat(answers)
        .containsExactlyInAnyOrder(new Decision.Refused(Decision.Refusal.NOT_PREPARED), false);
    assertThat(soFar()).isEmpty();
    assertThat(executions).hasValue(0);
  }

  @Test
  void isNotReleasedOnceItWasStarted() throws InterruptedException {
    Thread starter = waiting(this::start);
    run.releaseIfUnfollowedSince(Clock.system().nanos());
    begin((_, _) -> CallResult.of("done"));
    starter.join();
    assertThat(run.awaitClosed().outcome().orElseThrow().end())
        .isEqualTo(RunState.Finished.completed());
  }

  @Test
  void isNotReleasedOnceSomebodyFollows() throws InterruptedException {
    Thread follower = waiting(() -> run.follow(CLIENT, OptionalLong.empty()));
    run.releaseIfUnfollowedSince(Clock.system().nanos());
    begin((_, _) -> CallResult.of("done"));
    follower.join();
    start();
    assertThat(run.awaitClosed().outcome()).isPresent();
  }

  @Test
  void tellsOfAStopThatCameBeforeTheRelease() throws InterruptedException {
    Thread stopper = waiting(() -> run.stop("enough"));
    run.releaseIfUnfollowedSince(Clock.system().nanos());
    begin((_, _) -> CallResult.of("done"));
    stopper.join();
    assertThat(run.awaitClosed().state()).isEqualTo(new RunState.Discarded());
  }

  @Test
  void ofTwoLimitsThatAreReachedTheFirstIsTheEnd() throws InterruptedException {
    begin((_, _) -> {
      run.limitListener().reached("first");
      run.limitListener().reached("second");
      return CallResult.of("done");
    });
    start();
    assertThat(run.awaitClosed().outcome().orElseThrow().end())
        .isEqualTo(RunState.Finished.failed("LIMIT_EXCEEDED", "first"));
    assertThat(soFar()).containsOnlyOnce("told StrategyFailed").doesNotContain("told Completed");
  }

  private void begin(LiveRun.Execution work) {
    run.begin(
        new LiveRun.Work(
            (input, before) -> {
              executions.incrementAndGet();
              return work.execute(input, before);
            },
            new NoTools(),
            new Cleanup(),
            _ -> {}));
  }

  private Decision start() throws InterruptedException {
    return run.start(new RunCommand.Start(), CLIENT, Optional.of("go"), Optional.empty());
  }

  private synchronized void add(String what) {
    done.add(what);
  }

  private synchronized List<String> soFar() {
    return List.copyOf(done);
  }

  private interface Interruptible {
    void run() throws InterruptedException;
  }

  private static void uninterrupted(Interruptible action) {
    try {
      action.run();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// A thread whose action is in the mailbox before anything that comes after.
  private static Thread waiting(Interruptible action) {
    Thread thread = Thread.ofPlatform().start(() -> uninterrupted(action));
    awaitWaiting(thread);
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static EngineEvent.Step step() {
    return new EngineEvent.Step("0", "a", "main", Optional.of("a"), OptionalInt.of(0));
  }

  private static RunPlan plan() {
    return new RunPlan(
        RUN,
        Path.of("/s.yaml"),
        "s",
        List.of("a"),
        Json.object(),
        Path.of("/"),
        Optional.empty(),
        Optional.empty(),
        RunLimits.NONE,
        Instant.EPOCH);
  }

  private final class OrderedSink implements EventSink {
    @Override
    public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
      String kind = message.message().getClass().getSimpleName();
      if (kind.equals("StrategyFailed")) {
        answeredAtTheEnd |= run.answerInput(CLIENT, "user", "at the end");
      }
      add("told " + kind);
    }

    @Override
    public void send(ClientId client, PublishedMessage message) {
      add("replayed " + message.message().getClass().getSimpleName());
    }

    @Override
    public void send(ClientId client, RunNotice notice) {
      add("noticed " + notice.getClass().getSimpleName());
    }
  }

  private final class RecordingLog implements TimelineLog {
    @Override
    public void append(List<TimelineEntry> entries) {
      if (diskFull) {
        throw new Fault(FaultCode.PERSISTENCE, "The disk is full.");
      }
      entries.forEach(entry -> add("kept " + entry.event().getClass().getSimpleName()));
    }

    @Override
    public void close() {}
  }

  private static final class NoTools implements ToolSession {
    @Override
    public Tool tool(String name) {
      throw new IllegalArgumentException("no tool " + name);
    }

    @Override
    public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
      return false;
    }

    @Override
    public ToolSession forLaunched(ToolScope scope) {
      return new NoTools();
    }

    @Override
    public void close() {}
  }
}
