package com.commaagents.runs.live;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.SeqCeiling;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is true of a live run, and what each piece of mail makes of it. It decides what is kept and
/// told; doing so is the [RunOwner]'s.
///
/// Not thread-safe: it belongs to the owner of the run. Its size is that of the conversation and
/// the answers under way.
final class Ledger {
  private final RunPlan plan;
  private final Channel channel;
  private final HistoryBuilder history;
  private final RunServers servers;
  private final InFlight inFlight = new InFlight();
  private final Map<String, PublishedMessage> openRequests = new LinkedHashMap<>();
  private final List<TimelineEvent> keptBeforeStart = new ArrayList<>();
  private RunState state;
  private RunSummary summary;
  private boolean over;
  private Optional<RunOutcome> outcome = Optional.empty();
  private Optional<String> requestId = Optional.empty();
  private long seqOnDisk;

  Ledger(
      RunPlan plan,
      RunState.Pending state,
      Channel channel,
      HistoryBuilder history,
      RunServers servers) {
    this.plan = plan;
    this.state = state;
    this.channel = channel;
    this.history = history;
    this.servers = servers;
    this.seqOnDisk = channel.lastSeq();
    this.summary =
        new RunSummary(
            plan.runId(),
            plan.strategyName(),
            RunStatus.PENDING,
            plan.preparedAt(),
            Optional.empty());
  }

  boolean isOver() {
    return over;
  }

  Standing standing() {
    return new Standing(state, summary, over, outcome);
  }

  /// Takes one piece of mail in, but none of somebody who wants to follow. The run is not over.
  void apply(Mail mail, Instant now, Turn turn) {
    switch (mail) {
      case Mail.Reported(var event) -> report(event, now, turn);
      case Mail.Shown(var output) -> turn.show(now, output);
      case Mail.Barrier(var onDisk) -> turn.barrier(onDisk);
      case Mail.Steered(var steering) -> {
        keep(now, steering, turn);
        turn.tell(now, new RunMessage.SteerQueued(steering.text()));
      }
      case Mail.SteeringTaken(var input) -> keep(now, input, turn);
      case Mail.Asked(var key, var request) -> turn.ask(now, request, Optional.of(key));
      case Mail.Answered(var key, var answer, var resolution) -> {
        openRequests.remove(key);
        keep(now, answer, turn);
        turn.resolve(now, resolution);
      }
      case Mail.Order(var command, var start, var reply) -> {
        Decision decision = Lifecycle.decide(state, command);
        carryOut(decision, start, Optional.empty(), now, turn);
        turn.reply(reply, decision);
      }
      case Mail.Unfollowed(var since) -> {
        if (channel.isUnfollowedSince(since)) {
          Decision decision = Lifecycle.decide(state, new RunCommand.Release());
          carryOut(decision, Optional.empty(), Optional.empty(), now, turn);
        }
      }
      case Mail.Attach _, Mail.Follow _ ->
          throw new IllegalStateException("who follows comes between two turns");
      case Mail.Finished(var end, var result) ->
          carryOut(
              Lifecycle.decide(state, new RunCommand.End(end)),
              Optional.empty(),
              result,
              now,
              turn);
    }
  }

  /// Adds what keeps the numbering safe over a crash.
  void close(Instant now, Turn turn) {
    long seq = channel.lastSeq() + turn.messages();
    if (state instanceof RunState.Running && SeqCeiling.isDue(seqOnDisk, seq)) {
      turn.keep(now, new TimelineEvent.SeqMark(seq));
      seqOnDisk = seq;
    }
  }

  /// What the turn kept is on disk.
  void written(List<TimelineEntry> entries) {
    entries.forEach(history::step);
  }

  /// A request to a person is out.
  void asked(String key, PublishedMessage request) {
    openRequests.put(key, request);
  }

  /// The run cannot be written any more: it ends here, whatever it was about to say.
  RunState.Finished lose(String why, Instant now, Turn turn) {
    RunState.Finished end = RunState.Finished.failed(RunError.PERSISTENCE_ERROR, why);
    state = end;
    over = true;
    outcome = Optional.of(new RunOutcome(end, Optional.empty()));
    summary = summary(RunStatus.ERROR, summary.startedAt(), Optional.of(now));
    turn.tellInstead(now, new RunMessage.StrategyFailed(end.error().orElseThrow(), requestId));
    return end;
  }

  /// The run as it stands between two messages.
  RunSnapshot snapshot(Instant now) {
    return new RunSnapshot(
        plan.runId(),
        now,
        state.shownAs().orElseThrow(),
        plan.strategyName(),
        plan.agents(),
        plan.flowTree(),
        servers.statuses(),
        history.build(),
        inFlight.partials(),
        List.copyOf(openRequests.values()),
        List.of(),
        channel.lastSeq());
  }

  private void report(EngineEvent event, Instant now, Turn turn) {
    inFlight.add(event);
    Narration narration = Narration.of(event);
    narration.kept().ifPresent(kept -> keep(now, kept, turn));
    narration.told().ifPresent(told -> turn.tell(now, told));
  }

  private void keep(Instant now, TimelineEvent event, Turn turn) {
    if (state instanceof RunState.Pending) {
      // Nothing is written before the start; it is written with it.
      keptBeforeStart.add(event);
    } else {
      turn.keep(now, event);
    }
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
      case RunEvent.Released() -> release(now);
      case RunEvent.Started() -> begin(start.orElseThrow(), now, turn);
      case RunEvent.Ended(var end) -> end(end, result, now, turn);
      case RunEvent.Abandoned(var message) -> abandon(message, now, turn);
      case RunEvent.Prepared() -> throw new IllegalStateException("a live run is prepared");
    }
  }

  private void begin(Mail.Start start, Instant now, Turn turn) {
    requestId = start.requestId();
    seqOnDisk = channel.lastSeq() + turn.messages();
    turn.keep(
        now,
        new TimelineEvent.RunStarted(
            plan.strategyPath().toString(),
            plan.strategyName(),
            plan.cwd().toString(),
            start.input(),
            plan.manifestPath(),
            plan.modelOverride(),
            start.resumed().isPresent(),
            Optional.of(new TimelineEvent.Shape(plan.agents(), plan.flowTree())),
            plan.limits(),
            servers.statuses(),
            OptionalLong.of(seqOnDisk)));
    keptBeforeStart.forEach(event -> turn.keep(now, event));
    // Resuming is a request of ours: whoever makes it knows our additions.
    turn.subscribe(start.client(), start.resumed().isPresent());
    turn.tell(
        now,
        new RunMessage.StrategyStarted(
            plan.strategyName(), plan.agents(), plan.flowTree(), requestId));
    turn.launch(start);
    summary = summary(RunStatus.RUNNING, now, Optional.empty());
  }

  private void end(RunState.Finished end, Optional<CallResult> result, Instant now, Turn turn) {
    inFlight.partials().forEach(partial -> turn.keep(now, new TimelineEvent.AgentPartial(partial)));
    // The number of the terminal message itself: everything told in this turn comes before it.
    long seq = channel.lastSeq() + turn.messages() + 1;
    turn.keep(now, new TimelineEvent.RunCompleted(end, result, OptionalLong.of(seq)));
    turn.tell(now, terminal(end, result));
    outcome = Optional.of(new RunOutcome(end, result));
    summary = summary(end.status(), summary.startedAt(), Optional.of(now));
    over = true;
  }

  private RunMessage terminal(RunState.Finished end, Optional<CallResult> result) {
    if (result.isPresent()) {
      return new RunMessage.StrategyCompleted(
          result.get().text(), result.get().usage(), result.get().costUsd(), requestId);
    }
    // A stop is nobody's failed request.
    return new RunMessage.StrategyFailed(
        end.error().orElseThrow(),
        end.status() == RunStatus.CANCELLED ? Optional.empty() : requestId);
  }

  private void abandon(String message, Instant now, Turn turn) {
    turn.tell(
        now,
        new RunMessage.StrategyFailed(new RunError(RunError.CANCELLED, message), Optional.empty()));
    // A continuation goes back to what it was.
    summary = summary(state.shownAs().orElseThrow(), summary.startedAt(), Optional.of(now));
    over = true;
  }

  // Nobody is told: there is nobody. A new run is unknown from now on.
  private void release(Instant now) {
    state
        .shownAs()
        .ifPresent(status -> summary = summary(status, summary.startedAt(), Optional.of(now)));
    over = true;
  }

  private RunSummary summary(RunStatus status, Instant startedAt, Optional<Instant> completedAt) {
    return new RunSummary(plan.runId(), plan.strategyName(), status, startedAt, completedAt);
  }
}
