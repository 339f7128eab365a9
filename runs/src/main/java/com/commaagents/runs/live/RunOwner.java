package com.commaagents.runs.live;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.limit.LimitListener;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns a run.
///
/// Whatever happens to the run comes to that thread through one mailbox and leaves it in the same
/// order: onto the timeline, then to the clients. So memory, disk and wire cannot disagree, and of
/// two ends that race the first one in the mailbox is the end. What each piece of mail comes to is
/// the [Ledger]'s to say.
///
/// INVARIANT: nothing is told before it is on disk; nothing of a segment is told after its end.
///
/// Limits: the mailbox holds [Mailbox#CAPACITY]; clean-up waits [Segment#PATIENCE] for an execution
/// that was interrupted and goes on without it.
final class RunOwner {
  private static final Logger LOG = LoggerFactory.getLogger(RunOwner.class);

  private final RunPlan plan;
  private final Channel channel;
  private final TimelineLog log;
  private final Mailbox mailbox;
  private final PendingRequests people;
  private final Ledger ledger;
  private final LiveRun.Outlets outlets;
  private Optional<Segment> segment = Optional.empty();
  private Optional<TimeLimit> timeLimit = Optional.empty();

  // How the run stood after the last turn: written by the owner, read by all.
  private volatile Standing standing;

  RunOwner(
      RunPlan plan,
      Channel channel,
      TimelineLog log,
      Mailbox mailbox,
      PendingRequests people,
      Ledger ledger,
      LiveRun.Outlets outlets) {
    this.plan = plan;
    this.channel = channel;
    this.log = log;
    this.mailbox = mailbox;
    this.people = people;
    this.ledger = ledger;
    this.outlets = outlets;
    this.standing = ledger.standing();
  }

  /// Takes mail until the run is over, then cleans up.
  ///
  /// @param toDo what the run does once it is started
  void own(LiveRun.Work toDo) {
    try {
      while (!ledger.isOver()) {
        take(mailbox.takeAll(), toDo);
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts the owner of a run", impossible);
    } finally {
      close(toDo);
    }
  }

  /// How the run stands; what it says is on disk. For any thread.
  Standing standing() {
    return standing;
  }

  /// Ends the segment with `LIMIT_EXCEEDED`.
  LimitListener limitListener() {
    return message ->
        mailbox.put(
            new Mail.Finished(
                RunState.Finished.failed(RunError.LIMIT_EXCEEDED, message), Optional.empty()));
  }

  private void take(List<Mail> batch, LiveRun.Work toDo) {
    Turn turn = new Turn();
    for (Mail mail : batch) {
      if (ledger.isOver()) {
        turnAway(mail);
      } else if (mail instanceof Mail.Attach || mail instanceof Mail.Follow) {
        // Who follows stands between two messages: all before is out, nothing after it is in.
        commit(turn, toDo);
        turn = new Turn();
        letFollow(mail);
      } else {
        ledger.apply(mail, outlets.clock().now(), turn);
      }
    }
    commit(turn, toDo);
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

  private void commit(Turn turn, LiveRun.Work toDo) {
    ledger.close(outlets.clock().now(), turn);
    boolean onDisk = write(turn);
    standing = ledger.standing();
    if (ledger.isOver()) {
      people.close();
    }
    turn.told().forEach(this::tell);
    if (!ledger.isOver()) {
      turn.launch().ifPresent(start -> launch(start, toDo));
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

  /// Once the start is on disk and told.
  private void launch(Mail.Start start, LiveRun.Work toDo) {
    start.resumed().ifPresent(before -> people.queueAgain(before.steering()));
    segment = Optional.of(Segment.start(plan.runId(), toDo.execution(), start, mailbox));
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

  private void close(LiveRun.Work toDo) {
    mailbox.close().forEach(this::turnAway);
    timeLimit.ifPresent(TimeLimit::end);
    segment.ifPresent(Segment::end);
    toDo.cleanup().run();
    toDo.whenClosed().accept(standing);
  }
}
