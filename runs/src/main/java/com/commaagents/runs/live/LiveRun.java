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
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.HistoryBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One prepared run, from its preparation to the end of its clean-up: what others do with it from
/// any thread. All of it is mail to its [RunOwner], which does it. Thread-safe.
public final class LiveRun {
  private final RunPlan plan;
  private final Channel channel;
  private final Mailbox mailbox = new Mailbox();
  private final MailboxJournal journal = MailboxJournal.ofOthers(mailbox);
  private final PendingRequests people;
  private final RunServers servers;
  private final Optional<Interrupted> interrupted;
  private final RunOwner owner;
  private final CountDownLatch closed = new CountDownLatch(1);

  // Set before the owner begins; others may ask before.
  private volatile @Nullable Work work;

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
    this.channel = channel;
    this.interrupted = interrupted;
    this.servers = servers;
    this.people = new PendingRequests(mailbox, outlets.ids());
    Ledger ledger = new Ledger(plan, state, channel, history, servers);
    this.owner = new RunOwner(plan, channel, log, mailbox, people, ledger, outlets);
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
    return owner.limitListener();
  }

  /// Takes up its work; before that, nothing happens to the run.
  public void begin(Work toDo) {
    work = toDo;
    Thread.ofVirtual()
        .name("run-" + plan.runId())
        .start(() -> {
          try {
            owner.own(toDo);
          } finally {
            closed.countDown();
          }
        });
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
    if (standing().state() instanceof RunState.Pending && channel.isUnfollowedSince(nanos)) {
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
    return owner.standing();
  }

  /// Waits until it has ended and everything is cleaned up.
  public Standing awaitClosed() throws InterruptedException {
    closed.await();
    return standing();
  }

  /// @return whether it is closed in time
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Decision order(RunCommand command, Optional<Mail.Start> start)
      throws InterruptedException {
    Answer<Decision> reply = new Answer<>();
    if (!mailbox.put(new Mail.Order(command, start, reply))) {
      return Lifecycle.decide(standing().state(), command);
    }
    return reply.await();
  }
}
