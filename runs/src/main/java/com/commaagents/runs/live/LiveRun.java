package com.commaagents.runs.live;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One prepared run, from its preparation to the end of its clean-up.
///
/// One thread owns it. Whatever happens to the run comes to that thread through one mailbox and
/// leaves it in the same order: onto the timeline, then to the clients. So memory, disk and wire
/// cannot disagree, and of two ends that race the first one in the mailbox is the end.
///
/// INVARIANT: nothing is told before it is on disk; nothing of a segment is told after its end.
///
/// Limits: the mailbox holds [Mailbox#CAPACITY]; clean-up waits [#CLEANUP_PATIENCE] for an
/// execution that was interrupted and goes on without it.
public final class LiveRun {
  static final Duration CLEANUP_PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

  // What the run works with.
  private final RunPlan plan;
  private final Outlets outlets;
  private final Channel channel;
  private final Mailbox mailbox = new Mailbox();
  private final MailboxJournal journal = new MailboxJournal(mailbox);
  private final PendingRequests people;
  private final CountDownLatch closed = new CountDownLatch(1);

  // Set before the owner begins.
  private @Nullable Execution execution;
  private volatile @Nullable ToolSession tools;
  private Cleanup cleanup = new Cleanup();
  private Consumer<Standing> whenClosed = _ -> {};

  // The owner's alone.
  private final InFlight inFlight = new InFlight();
  private final List<TimelineEvent> keptBeforeStart = new ArrayList<>();
  private final TimelineLog log;
  private RunState state;
  private RunSummary summary;
  private boolean over;
  private Optional<RunOutcome> outcome = Optional.empty();
  private Optional<String> requestId = Optional.empty();
  private @Nullable Thread executing;

  // How the run stood after the last turn: written by the owner, read by all.
  private volatile Standing standing;

  /// What a run reaches the outside through.
  public record Outlets(RunStore store, Hub hub, Clock clock, IdGenerator ids) {}

  /// How a run stands.
  ///
  /// @param over whether it has ended; its clean-up may still go on
  /// @param outcome how its segment ended; empty when none was started or it has not ended
  public record Standing(
      RunState state, RunSummary summary, boolean over, Optional<RunOutcome> outcome) {}

  /// The work of a segment.
  @FunctionalInterface
  public interface Execution {
    CallResult execute(String input) throws InterruptedException;
  }

  /// Listens to nobody yet; see [#begin].
  public LiveRun(
      RunPlan plan, RunState.Pending state, Channel channel, TimelineLog log, Outlets outlets) {
    this.plan = plan;
    this.outlets = outlets;
    this.state = state;
    this.people = new PendingRequests(mailbox, outlets.ids());
    this.channel = channel;
    this.log = log;
    this.summary =
        new RunSummary(
            plan.runId(),
            plan.strategyName(),
            RunStatus.PENDING,
            plan.preparedAt(),
            Optional.empty());
    this.standing = new Standing(state, summary, false, Optional.empty());
  }

  public People people() {
    return people;
  }

  public Journal journal() {
    return journal;
  }

  /// Takes up its work; before that, nothing happens to the run.
  ///
  /// @param toUndo what was set up for it
  /// @param closedListener is told at the very end, after the clean-up
  public void begin(
      Execution work, ToolSession toolSession, Cleanup toUndo, Consumer<Standing> closedListener) {
    execution = work;
    tools = toolSession;
    cleanup = toUndo;
    whenClosed = closedListener;
    Thread.ofVirtual().name("run-" + plan.runId()).start(this::own);
  }

  /// Starts the segment, or says why not. Returns once that is on disk and told.
  public Decision start(
      RunCommand command, ClientId client, Optional<String> input, Optional<String> request)
      throws InterruptedException {
    return order(command, Optional.of(new Mail.Start(client, input, request)));
  }

  /// Ends the run, if it has not ended. Returns once that is on disk and told; clean-up goes on
  /// behind it.
  public void stop(String message) throws InterruptedException {
    order(new RunCommand.Stop(message), Optional.empty());
  }

  public boolean steer(String text) throws InterruptedException {
    return people.steer(text);
  }

  public boolean answerInput(String agentName, String text) {
    return people.answerInput(agentName, text);
  }

  public boolean decidePermission(String permissionId, People.Decision decision) {
    return people.decidePermission(permissionId, decision);
  }

  public boolean answerQuestion(String questionId, String text) {
    return people.answerQuestion(questionId, text);
  }

  public boolean updatePolicy(ToolSession.PolicyPatch patch, Optional<String> toolName) {
    ToolSession session = tools;
    return session != null && session.updatePolicy(patch, toolName);
  }

  /// How the run stands; what it says is on disk.
  public Standing standing() {
    return standing;
  }

  /// Waits until it has ended and everything is cleaned up.
  public Standing awaitClosed() throws InterruptedException {
    closed.await();
    return standing;
  }

  /// @return whether it is closed in time
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Decision order(RunCommand command, Optional<Mail.Start> start)
      throws InterruptedException {
    Answer<Decision> reply = new Answer<>();
    if (!mailbox.put(new Mail.Order(command, start, reply))) {
      return Lifecycle.decide(standing.state(), command);
    }
    return reply.await();
  }

  private void own() {
    try {
      while (!over) {
        take(mailbox.takeAll());
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts the owner of a run", impossible);
    } finally {
      close();
    }
  }

  private void take(List<Mail> batch) {
    Turn turn = new Turn();
    for (Mail mail : batch) {
      if (over) {
        turnAway(mail);
      } else {
        apply(mail, turn);
      }
    }
    commit(turn);
  }

  private void apply(Mail mail, Turn turn) {
    Instant now = outlets.clock().now();
    switch (mail) {
      case Mail.Reported(var event) -> {
        if (event instanceof EngineEvent.Streaming(var speaker, var streamed)) {
          inFlight.add(speaker, streamed);
        }
        Narration narration = Narration.of(event);
        note(narration.kept(), narration.told(), now, turn);
      }
      case Mail.Note(var kept, var told) -> note(kept, told, now, turn);
      case Mail.Barrier(var onDisk) -> turn.barrier(onDisk);
      case Mail.Order(var command, var start, var reply) -> {
        Decision decision = Lifecycle.decide(state, command);
        carryOut(decision, start, Optional.empty(), now, turn);
        turn.reply(reply, decision);
      }
      case Mail.Finished(var end, var result) ->
          carryOut(
              Lifecycle.decide(state, new RunCommand.End(end)),
              Optional.empty(),
              result,
              now,
              turn);
    }
  }

  private void note(
      Optional<TimelineEvent> kept, Optional<RunMessage> told, Instant now, Turn turn) {
    if (state instanceof RunState.Pending) {
      // Nothing is written before the start; it is written with it.
      kept.ifPresent(keptBeforeStart::add);
    } else {
      kept.ifPresent(event -> turn.keep(now, event));
    }
    told.ifPresent(message -> turn.tell(now, message));
  }

  private void carryOut(
      Decision decision,
      Optional<Mail.Start> start,
      Optional<CallResult> result,
      Instant now,
      Turn turn) {
    if (!(decision instanceof Decision.Accepted(var event))) {
      return;
    }
    state = Lifecycle.after(state, event);
    switch (event) {
      case RunEvent.Started() -> begin(start.orElseThrow(), now, turn);
      case RunEvent.Ended(var end) -> end(end, result, now, turn);
      case RunEvent.Abandoned() -> abandon(now, turn);
      case RunEvent.Prepared() -> throw new IllegalStateException("a live run is prepared");
    }
  }

  private void begin(Mail.Start start, Instant now, Turn turn) {
    outlets.hub().subscribe(plan.runId(), start.client(), channel.lastSeq());
    requestId = start.requestId();
    turn.keep(
        now,
        new TimelineEvent.RunStarted(
            plan.strategyPath().toString(),
            plan.strategyName(),
            plan.cwd().toString(),
            start.input(),
            plan.manifestPath(),
            plan.modelOverride(),
            OptionalLong.of(channel.lastSeq() + turn.told().size())));
    keptBeforeStart.forEach(event -> turn.keep(now, event));
    turn.tell(
        now,
        new RunMessage.StrategyStarted(
            plan.strategyName(), plan.agents(), plan.flowTree(), requestId));
    turn.launch(() -> launch(start.input().orElse("")));
    summary = summary(RunStatus.RUNNING, now, Optional.empty());
  }

  private void end(RunState.Finished end, Optional<CallResult> result, Instant now, Turn turn) {
    inFlight.partials().forEach(partial -> turn.keep(now, new TimelineEvent.AgentPartial(partial)));
    // The number of the terminal message itself: everything told in this turn comes before it.
    long seq = channel.lastSeq() + turn.told().size() + 1;
    turn.keep(now, new TimelineEvent.RunCompleted(end, result, OptionalLong.of(seq)));
    turn.tell(now, terminal(end, result));
    outcome = Optional.of(new RunOutcome(end, result));
    summary = summary(end.status(), summary.startedAt(), Optional.of(now));
    over = true;
  }

  private RunMessage terminal(RunState.Finished end, Optional<CallResult> result) {
    if (result.isPresent()) {
      return new RunMessage.StrategyCompleted(result.get().text(), result.get().usage(), requestId);
    }
    RunError error = end.error().orElseThrow();
    // A stop is nobody's failed request.
    return new RunMessage.StrategyFailed(
        error, end.status() == RunStatus.CANCELLED ? Optional.empty() : requestId);
  }

  private void abandon(Instant now, Turn turn) {
    turn.tell(
        now,
        new RunMessage.StrategyFailed(
            new RunError(RunError.CANCELLED, "Run cancelled by client"), Optional.empty()));
    // A continuation goes back to what it was.
    summary = summary(state.shownAs().orElseThrow(), summary.startedAt(), Optional.of(now));
    over = true;
  }

  private void commit(Turn turn) {
    boolean onDisk = true;
    try {
      if (!turn.kept().isEmpty()) {
        log.append(turn.kept());
      }
    } catch (Fault refused) {
      onDisk = false;
      lose(refused, turn);
    }
    standing = new Standing(state, summary, over, outcome);
    if (over) {
      // Whoever hears of the end finds that nobody waits for an answer any more.
      people.close();
    }
    turn.told().forEach(told -> channel.publish(told.at(), told.message()));
    if (!over) {
      turn.launch().ifPresent(Runnable::run);
    }
    turn.release(onDisk);
  }

  /// The timeline cannot be written: the run ends here, whatever it was about to say.
  private void lose(Fault refused, Turn turn) {
    LOG.error("run {} ends: {}", plan.runId(), refused.message(), refused);
    Instant now = outlets.clock().now();
    RunState.Finished end = RunState.Finished.failed(RunError.PERSISTENCE_ERROR, refused.message());
    state = end;
    over = true;
    outcome = Optional.of(new RunOutcome(end, Optional.empty()));
    summary = summary(RunStatus.ERROR, summary.startedAt(), Optional.of(now));
    outlets
        .store()
        .noteUnwritten(
            plan.runId(),
            new TimelineEntry(
                now, new TimelineEvent.RunCompleted(end, Optional.empty(), OptionalLong.empty())));
    turn.tellInstead(now, new RunMessage.StrategyFailed(end.error().orElseThrow(), requestId));
  }

  private void launch(String input) {
    Execution work = execution;
    if (work == null) {
      throw new IllegalStateException("a run without work");
    }
    executing = Thread.ofVirtual().name("execute-" + plan.runId()).start(() -> run(work, input));
  }

  private void run(Execution work, String input) {
    Mail.Finished end =
        failed("The run ended for a reason that is in the log; it is a defect of the daemon.");
    try {
      end = new Mail.Finished(RunState.Finished.completed(), Optional.of(work.execute(input)));
    } catch (Fault expected) {
      LOG.debug("run {} failed", plan.runId(), expected);
      end = failed(expected.message());
    } catch (InterruptedException stopped) {
      end = failed("The run was interrupted.");
    } catch (RuntimeException defect) {
      LOG.error("run {} met a defect", plan.runId(), defect);
    } finally {
      deliver(end);
    }
  }

  private static Mail.Finished failed(String message) {
    return new Mail.Finished(
        RunState.Finished.failed(RunError.EXECUTION_ERROR, message), Optional.empty());
  }

  private void deliver(Mail.Finished end) {
    // An interruption that came after the work was done must not lose its end.
    boolean interrupted = Thread.interrupted();
    try {
      mailbox.put(end);
    } catch (InterruptedException stopped) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void turnAway(Mail mail) {
    switch (mail) {
      case Mail.Barrier(var onDisk) -> onDisk.give(false);
      case Mail.Order(var command, var _, var reply) ->
          reply.give(Lifecycle.decide(state, command));
      case Mail.Reported _, Mail.Note _, Mail.Finished _ -> {}
    }
  }

  private void close() {
    people.close();
    mailbox.close().forEach(this::turnAway);
    awaitExecution();
    cleanup.run();
    whenClosed.accept(standing);
    closed.countDown();
  }

  private void awaitExecution() {
    Thread work = executing;
    if (work == null) {
      return;
    }
    work.interrupt();
    try {
      if (!work.join(CLEANUP_PATIENCE)) {
        LOG.warn("run {}: its work does not end; clean-up goes on without it", plan.runId());
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts the owner of a run", impossible);
    }
  }

  private RunSummary summary(RunStatus status, Instant startedAt, Optional<Instant> completedAt) {
    return new RunSummary(plan.runId(), plan.strategyName(), status, startedAt, completedAt);
  }
}
