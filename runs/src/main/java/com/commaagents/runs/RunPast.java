package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.LiveRun;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.Interest;
import com.commaagents.runs.timeline.Interrupted;
import com.commaagents.runs.timeline.InterruptedBuilder;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.strategy.definition.Strategy;
import java.util.Optional;

/// What a run has been so far.
///
/// @param state the one that a preparation leads to
/// @param builder goes on from where `history` stands
/// @param interrupted the last segment, where it was interrupted
/// @param lastSeq the highest message number that was used
record RunPast(
    RunState.Pending state,
    HistoryBuilder builder,
    History history,
    Optional<Interrupted> interrupted,
    long lastSeq) {

  /// @param toldSeq the newest number that this process has told; 0: none. Who knows it need not
  ///   guess it from the timeline, which may have lost its end
  /// @throws Fault `PERSISTENCE` when the timeline cannot be read
  static RunPast read(RunStore store, RunId runId, long toldSeq) {
    HistoryBuilder builder =
        store.find(runId).isPresent() ? store.history(runId) : new HistoryBuilder();
    History history = builder.build();
    RunState.Pending state = pending(store, runId);
    return new RunPast(
        state,
        builder,
        history,
        state.resumable() ? interrupted(store, runId) : Optional.empty(),
        toldSeq > 0 ? toldSeq : history.lastSeq());
  }

  /// The limits of the last segment.
  RunLimits lastLimits() {
    return history.latestStart().map(RunStarted::limits).orElse(RunLimits.NONE);
  }

  /// @throws Fault `CONFLICT` when nothing was interrupted, or not in this flow
  void refuseUnlessResumable(RunId runId, Strategy strategy) {
    if (interrupted.isEmpty()) {
      throw new Fault(FaultCode.CONFLICT, Decision.Refusal.NOT_INTERRUPTED.message(runId.value()));
    }
    LiveRun.refuseUnlessResumable(runId, interrupted, strategy.flowTree());
  }

  /// Follows what lists show, which is what clients were told, also where the timeline could not
  /// take it. A segment that nobody executes any more counts as interrupted.
  private static RunState.Pending pending(RunStore store, RunId runId) {
    RunState state = store.find(runId).map(RunOverview::state).orElse(new RunState.Absent());
    if (Lifecycle.decide(state, new RunCommand.Interrupt())
        instanceof Decision.Accepted(var event)) {
      state = Lifecycle.after(state, event);
    }
    return switch (state) {
      case RunState.Finished finished -> new RunState.Pending(Optional.of(finished));
      case RunState.Absent _ -> new RunState.Pending(Optional.empty());
      case RunState.Pending _, RunState.Running _, RunState.Discarded _ ->
          throw new IllegalStateException("a timeline cannot say " + state);
    };
  }

  private static Optional<Interrupted> interrupted(RunStore store, RunId runId) {
    InterruptedBuilder recording = new InterruptedBuilder();
    store.walk(runId, Interest.EVERYTHING, recording::step);
    return recording.build();
  }
}
