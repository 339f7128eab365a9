package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.LiveRun;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.live.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The runs this process holds: being prepared, live, or finished.
///
/// Thread-safe: one private lock, never held while calling out. Limit: [#MAX_FINISHED] finished
/// runs, the oldest goes first; what is persisted stays listable.
final class RunTable {
  static final int MAX_FINISHED = 1_000;

  private sealed interface Slot {
    /// @param before what stood here; it comes back when the preparation fails
    record Preparing(Optional<Finished> before) implements Slot {}

    /// @param before how the run stood in memory before it was prepared
    record Live(LiveRun run, Optional<Finished> before) implements Slot {}

    /// @param lastSeq the number of its newest message, which may be on no timeline
    record Finished(RunSummary summary, RunState state, long lastSeq) implements Slot {}
  }

  private final Map<RunId, Slot> slots = new LinkedHashMap<>();
  private int finished;
  private boolean shutDown;

  /// Takes an id for a preparation: of several at once exactly one gets it. Waits for the clean-up
  /// of a run that has just ended.
  ///
  /// @return the number of the run's newest message in this life of the process; 0 before the first
  /// @throws Fault `CONFLICT` when the id is taken; `SHUTTING_DOWN`
  long reserve(RunId runId) throws InterruptedException {
    while (true) {
      LiveRun ending;
      synchronized (this) {
        refuseWhenShutDown();
        switch (slots.get(runId)) {
          case null -> {
            slots.put(runId, new Slot.Preparing(Optional.empty()));
            return 0;
          }
          case Slot.Preparing _ -> throw exists(runId);
          case Slot.Finished before -> {
            if (Lifecycle.decide(before.state(), new RunCommand.Prepare())
                instanceof Decision.Refused(var why)) {
              throw new Fault(FaultCode.CONFLICT, why.message(runId.value()));
            }
            slots.remove(runId);
            finished--;
            slots.put(runId, new Slot.Preparing(Optional.of(before)));
            return before.lastSeq();
          }
          case Slot.Live(var run, var _) -> {
            if (!run.standing().over()) {
              throw exists(runId);
            }
            ending = run;
          }
        }
      }
      ending.awaitClosed();
    }
  }

  /// Takes the id of a run that is to be deleted: nobody prepares it meanwhile. Waits for the
  /// clean-up of a run that has just ended. [#giveBack] undoes it, [#forget] ends it.
  ///
  /// @return whether anything was known of it here
  /// @throws Fault `CONFLICT` when the run is pending, running or being prepared; `SHUTTING_DOWN`
  boolean reserveToDelete(RunId runId) throws InterruptedException {
    while (true) {
      LiveRun ending;
      synchronized (this) {
        refuseWhenShutDown();
        switch (slots.get(runId)) {
          case null -> {
            slots.put(runId, new Slot.Preparing(Optional.empty()));
            return false;
          }
          case Slot.Preparing _ -> throw live(runId.value());
          case Slot.Finished before -> {
            slots.remove(runId);
            finished--;
            slots.put(runId, new Slot.Preparing(Optional.of(before)));
            return true;
          }
          case Slot.Live(var run, var _) -> {
            if (!run.standing().over()) {
              throw live(runId.value());
            }
            ending = run;
          }
        }
      }
      ending.awaitClosed();
    }
  }

  /// The run whose id is taken is gone: nothing is known of it any more.
  synchronized void forget(RunId runId) {
    slots.remove(runId);
  }

  /// The preparation failed: everything is as it was.
  synchronized void giveBack(RunId runId) {
    if (slots.remove(runId) instanceof Slot.Preparing(var before) && before.isPresent()) {
      finish(runId, before.get());
    }
  }

  /// The preparation succeeded.
  ///
  /// @throws Fault `SHUTTING_DOWN` when that has begun meanwhile
  synchronized void fill(RunId runId, LiveRun run) {
    refuseWhenShutDown();
    Optional<Slot.Finished> before =
        slots.get(runId) instanceof Slot.Preparing(var was) ? was : Optional.empty();
    slots.put(runId, new Slot.Live(run, before));
  }

  /// A live run has ended and is cleaned up. One that was never started goes back to what it was,
  /// which is nothing for a new one that was released.
  synchronized void retire(RunId runId, Standing standing, long lastSeq) {
    Optional<Slot.Finished> before =
        slots.remove(runId) instanceof Slot.Live(var _, var was) ? was : Optional.empty();
    switch (standing.state()) {
      case RunState.Absent _ -> {}
      case RunState.Pending _, RunState.Running _, RunState.Finished _, RunState.Discarded _ -> {
        RunSummary summary =
            before
                .filter(_ -> standing.outcome().isEmpty())
                .map(Slot.Finished::summary)
                .orElse(standing.summary());
        finish(runId, new Slot.Finished(summary, standing.state(), lastSeq));
      }
    }
  }

  synchronized Optional<LiveRun> live(RunId runId) {
    return slots.get(runId) instanceof Slot.Live(var run, var _)
        ? Optional.of(run)
        : Optional.empty();
  }

  synchronized boolean knows(RunId runId) {
    return slots.containsKey(runId);
  }

  /// The state of a run that has ended and is still held here.
  synchronized Optional<RunState> ended(RunId runId) {
    return slots.get(runId) instanceof Slot.Finished(var _, var state, var _)
        ? Optional.of(state)
        : Optional.empty();
  }

  /// The number of the newest message of a run that has ended, as far as it is known here; 0 of
  /// every other one.
  synchronized long lastSeq(RunId runId) {
    return switch (slots.get(runId)) {
      case Slot.Finished finished -> finished.lastSeq();
      case Slot.Preparing(var before) -> before.map(Slot.Finished::lastSeq).orElse(0L);
      case Slot.Live _ -> 0;
      case null -> 0;
    };
  }

  synchronized List<LiveRun> live() {
    List<LiveRun> all = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (slot instanceof Slot.Live(var run, var _)) {
        all.add(run);
      }
    }
    return all;
  }

  /// All runs but those that are being prepared, in the order in which they came.
  synchronized List<RunSummary> summaries() {
    List<RunSummary> all = new ArrayList<>();
    for (Slot slot : slots.values()) {
      switch (slot) {
        case Slot.Live(var run, var _) -> all.add(run.standing().summary());
        case Slot.Finished(var summary, var _, var _) -> all.add(summary);
        case Slot.Preparing _ -> {}
      }
    }
    return all;
  }

  /// Takes nothing new from now on.
  synchronized void shutDown() {
    shutDown = true;
  }

  private void finish(RunId runId, Slot.Finished slot) {
    slots.put(runId, slot);
    finished++;
    if (finished > MAX_FINISHED) {
      RunId oldest =
          slots.entrySet().stream()
              .filter(entry -> entry.getValue() instanceof Slot.Finished)
              .findFirst()
              .orElseThrow()
              .getKey();
      slots.remove(oldest);
      finished--;
    }
  }

  private void refuseWhenShutDown() {
    if (shutDown) {
      throw new Fault(FaultCode.SHUTTING_DOWN, "Run system is shutting down");
    }
  }

  private static Fault live(String runId) {
    return new Fault(FaultCode.CONFLICT, "Run is live: " + runId + ". Stop it first.");
  }

  private static Fault exists(RunId runId) {
    return new Fault(FaultCode.CONFLICT, Decision.Refusal.ALREADY_EXISTS.message(runId.value()));
  }
}
