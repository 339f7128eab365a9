package com.commaagents.runs.live;

import tools.jackson.databind.JsonNode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.runs.timeline.Interrupted;
import com.commaagents.engine.resume.Recording;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.limit.LimitListener;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
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
/// cannot disagree, and of two ends that race the first one in the mailbox is the end. What each
/// piece of mail comes to is the [Ledger]'s to say.
///
/// INVARIANT: nothing is told before it is on disk; nothing of a segment is told after its end.
///
/// Limits: the mailbox holds [Mailbox#CAPACITY]; clean-up waits [Segment#PATIENCE] for an execution
/// that was interrupted and goes on without it.
public final class LiveRun {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

  private final RunPlan plan;
  private final Outlets outlets;
  private final Channel channel;
  private final TimelineLog log;
  private final Mailbox mailbox = new Mailbox();
  private final MailboxJournal journal = MailboxJournal.ofOthers(mailbox);
  private final PendingRequests people;
  private final Ledger ledger;
  private final RunServers servers;
  private final Optional<Interrupted> interrupted;
  private final CountDownLatch closed = new CountDownLatch(1);

  // Set before the owner begins; others may ask before.
  private volatile @Nullable Work work;

  // The owner's alone.
  private Optional<Segment> segment = Optional.empty();
  private Optional<TimeLimit> timeLimit = Optional.empty();

  // How the run stood after the last turn: written by the owner, read by all.
  private volatile Standing standing;

  /// What a run reaches the outside through.
  public record Outlets(RunStore store, Hub hub, Clock clock, IdGenerator ids) {}

  /// What a run does and what is left of it.
  ///
  /// @param cleanup undoes what was set up for the run
  /// @param whenClosed is told at the very end, after the clean-up
  public record Work(
      Execution execution, ToolSession tools, Cleanup cleanup, Consumer<Standing> whenClosed) {}

  /// The work of a segment.
  @FunctionalInterface
  public interface Execution {
    /// @param before what an interrupted segment with this input has done already
    CallResult execute(String input, Recording before) throws InterruptedException;
  }

  /// Listens to nobody yet; see [#begin].
  ///
  /// @param history what was before, moved on with what is written
  /// @param interrupted what can be resumed
  /// @param servers set up for the run
  public LiveRun(
      RunPlan plan,
      RunState.Pending state,
      Channel channel,
      TimelineLog log,
      HistoryBuilder history,
      Optional<Interrupted> interrupted,
      RunServers servers,
      Outlets outlets) {
    this.plan = plan;
    this.outlets = outlets;
    this.channel = channel;
    this.interrupted = interrupted;
    this.servers = servers;
    this.log = log;
    this.people = new PendingRequests(mailbox, outlets.ids());
    this.ledger = new Ledger(plan, state, channel, history, servers, this::launch);
    this.standing = ledger.standing();
  }

  public People people() {
    return people;
  }

  public Journal journal() {
    return journal;
  }

  /// Where the work of the segment reports; it ends the work that goes on after the run.
  public Journal workJournal() {
    return MailboxJournal.ofWork(mailbox);
  }

  /// The MCP servers that the run uses.
  public RunServers servers() {
    return servers;
  }

  /// Ends the segment with `LIMIT_EXCEEDED`.
  public LimitListener limitListener() {
    return message ->
        mailbox.put(
            new Mail.Finished(
                RunState.Finished.failed(RunError.LIMIT_EXCEEDED, message), Optional.empty()));
  }

  /// Takes up its work; before that, nothing happens to the run.
  public void begin(Work toDo) {
    work = toDo;
    Thread.ofVirtual().name("run-" + plan.runId()).start(this::own);
  }

  /// Starts the segment, or says why not. Returns once that is on disk and told.
  public Decision start(
      RunCommand command, ClientId client, Optional<String> input, Optional<String> requestId)
      throws InterruptedException {
    return order(command, Optional.of(new Mail.Start(client, input, requestId, Optional.empty())));
  }

  /// Goes on with the interrupted segment, or says why not; else as [#start].
  ///
  /// @throws Fault `CONFLICT` when what was done does not fit what was prepared
  public Decision resume(ClientId client, Optional<String> requestId) throws InterruptedException {
    refuseUnlessResumable(plan.runId(), interrupted, plan.flowTree());
    return order(
        new RunCommand.Resume(),
        Optional.of(new Mail.Start(client, Optional.empty(), requestId, interrupted)));
  }

  /// @throws Fault `CONFLICT` when an interrupted segment does not fit a flow
  public static void refuseUnlessResumable(
      RunId runId, Optional<Interrupted> interrupted, JsonNode flowTree) {
    Optional<String> obstacle = interrupted.flatMap(segment -> segment.obstacle(flowTree));
    if (obstacle.isPresent()) {
      throw new Fault(
          FaultCode.CONFLICT,
          "Run cannot be resumed: "
              + runId
              + ": "
              + obstacle.get()
              + ". Continue it with a further prompt instead.");
    }
  }

  /// Ends the run, if it has not ended. Returns once that is on disk and told; clean-up goes on
  /// behind it.
  public void stop(String message) throws InterruptedException {
    order(new RunCommand.Stop(message), Optional.empty());
  }

  /// Gives a run up that is not started and that nobody has followed since a moment, or longer. If
  /// it is started or followed before this has its turn, nothing happens.
  ///
  /// @param nanos of the clock that only goes forward
  public void releaseIfUnfollowedSince(long nanos) throws InterruptedException {
    if (standing.state() instanceof RunState.Pending && channel.isUnfollowedSince(nanos)) {
      mailbox.put(new Mail.Unfollowed(nanos));
    }
  }

  /// Lets a client follow the run from a number on, or without one what comes.
  ///
  /// @return false when the run has ended; nothing has happened then
  public boolean follow(ClientId client, OptionalLong afterSeq) throws InterruptedException {
    Answer<Boolean> done = new Answer<>();
    return mailbox.put(new Mail.Follow(client, afterSeq, done)) && done.await();
  }

  /// Lets a client follow the run from how it stands, in one step.
  ///
  /// @return false when the run has ended; nothing has happened then
  public boolean attach(ClientId client, OptionalLong afterSeq, Optional<String> attachId)
      throws InterruptedException {
    Answer<Boolean> done = new Answer<>();
    return mailbox.put(new Mail.Attach(client, afterSeq, attachId, done)) && done.await();
  }

  public boolean steer(String text) throws InterruptedException {
    return people.steer(text);
  }

  public boolean answerInput(ClientId by, String agentName, String text) {
    return people.answerInput(by, agentName, text);
  }

  public boolean decidePermission(ClientId by, String requestId, People.Decision decision) {
    return people.decidePermission(by, requestId, decision);
  }

  public boolean answerQuestion(ClientId by, String requestId, String text) {
    return people.answerQuestion(by, requestId, text);
  }

  public boolean updatePolicy(ToolSession.PolicyPatch patch, Optional<String> toolName) {
    Work begun = work;
    return begun != null && begun.tools().updatePolicy(patch, toolName);
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
      while (!ledger.isOver()) {
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
      if (ledger.isOver()) {
        turnAway(mail);
      } else if (mail instanceof Mail.Attach || mail instanceof Mail.Follow) {
        // Who follows stands between two messages: all before is out, nothing after it is in.
        commit(turn);
        turn = new Turn();
        letFollow(mail);
      } else {
        ledger.apply(mail, outlets.clock().now(), turn);
      }
    }
    commit(turn);
  }

  private void letFollow(Mail mail) {
    if (ledger.isOver()) {
      turnAway(mail);
    } else if (mail instanceof Mail.Attach attach) {
      attach(attach);
    } else if (mail instanceof Mail.Follow(var client, var afterSeq, var done)) {
      outlets.hub().subscribe(plan.runId(), client, afterSeq, 0);
      done.give(true);
    }
  }

  private void attach(Mail.Attach attach) {
    outlets
        .hub()
        .attach(
            plan.runId(),
            attach.client(),
            attach.afterSeq(),
            new RunNotice.Snapshot(ledger.snapshot(outlets.clock().now()), attach.attachId()));
    attach.done().give(true);
  }

  private void commit(Turn turn) {
    ledger.close(outlets.clock().now(), turn);
    boolean onDisk = write(turn);
    standing = ledger.standing();
    if (ledger.isOver()) {
      people.close();
    }
    turn.told().forEach(this::tell);
    if (!ledger.isOver()) {
      turn.launch().ifPresent(Runnable::run);
    }
    turn.release(onDisk);
  }

  private boolean write(Turn turn) {
    if (turn.kept().isEmpty()) {
      return true;
    }
    try {
      log.append(turn.kept());
      ledger.written(turn.kept());
      return true;
    } catch (Fault refused) {
      LOG.error("run {} ends: {}", plan.runId(), refused.message(), refused);
      Instant now = outlets.clock().now();
      RunState.Finished end = ledger.lose(refused.message(), now, turn);
      outlets
          .store()
          .noteUnwritten(
              plan.runId(),
              new TimelineEntry(
                  now,
                  new TimelineEvent.RunCompleted(end, Optional.empty(), OptionalLong.empty())));
      return false;
    }
  }

  private void tell(Turn.Telling telling) {
    switch (telling) {
      case Turn.Telling.Message(var at, var message, var request) -> {
        var published = channel.publish(at, message);
        request.ifPresent(key -> ledger.asked(key, published));
      }
      case Turn.Telling.Resolved(var at, var resolution) ->
          channel.notice(
              new RunNotice.RequestResolved(
                  plan.runId(),
                  at,
                  resolution.kind(),
                  resolution.agentName(),
                  resolution.requestId(),
                  resolution.by()),
              resolution.by());
      case Turn.Telling.Shown(var at, var output) ->
          channel.show(new RunNotice.ToolOutputShown(plan.runId(), at, output));
      case Turn.Telling.Subscribed(var client, var noticed) ->
          outlets
              .hub()
              .subscribe(
                  plan.runId(),
                  client,
                  noticed ? OptionalLong.of(channel.lastSeq()) : OptionalLong.empty(),
                  0);
    }
  }

  /// Called by the owner, once the start is on disk and told.
  private void launch(Mail.Start start) {
    start.resumed().ifPresent(before -> people.queueAgain(before.steering()));
    segment = Optional.of(Segment.start(plan.runId(), work().execution(), start, mailbox));
    timeLimit =
        plan.limits()
            .maxDuration()
            .map(limit -> TimeLimit.start(plan.runId(), limit, outlets.clock(), limitListener()));
  }

  private void turnAway(Mail mail) {
    switch (mail) {
      case Mail.Barrier(var onDisk) -> onDisk.give(false);
      case Mail.Attach(var _, var _, var _, var done) -> done.give(false);
      case Mail.Follow(var _, var _, var done) -> done.give(false);
      case Mail.Order(var command, var _, var reply) ->
          reply.give(Lifecycle.decide(ledger.standing().state(), command));
      case Mail.Reported _,
          Mail.Shown _,
          Mail.Steered _,
          Mail.SteeringTaken _,
          Mail.Asked _,
          Mail.Answered _,
          Mail.Unfollowed _,
          Mail.Finished _ -> {}
    }
  }

  private void close() {
    mailbox.close().forEach(this::turnAway);
    timeLimit.ifPresent(TimeLimit::end);
    segment.ifPresent(Segment::end);
    work().cleanup().run();
    work().whenClosed().accept(standing);
    closed.countDown();
  }

  private Work work() {
    Work toDo = work;
    if (toDo == null) {
      throw new IllegalStateException("the run has not begun to listen");
    }
    return toDo;
  }
}
