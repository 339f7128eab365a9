package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.store.RunStore;
import java.util.Optional;

/// What is known of runs, from memory and from the store together. Thread-safe.
record KnownRuns(RunTable table, RunStore store) {
  /// The id of a run that there is.
  ///
  /// @throws Fault `NOT_FOUND`
  RunId find(String runId) {
    return RunId.parse(runId)
        .filter(id -> table.knows(id) || store.find(id).isPresent())
        .orElseThrow(() -> unknown(runId));
  }

  static Fault unknown(String runId) {
    return new Fault(FaultCode.NOT_FOUND, "Run not found: " + runId);
  }

  /// The number of a run's newest message. What a prepared run told that was not started is on no
  /// timeline; then the table knows better.
  long lastSeq(RunId runId) {
    long onDisk = store.find(runId).map(RunOverview::lastSeq).orElse(0L);
    return Math.max(onDisk, table.lastSeq(runId));
  }

  /// How the last segment of a run that is not live ended; empty when none was ever started.
  Optional<RunOutcome> outcome(RunId runId) {
    Optional<RunState> state =
        table.ended(runId).or(() -> store.find(runId).map(RunOverview::state));
    if (!(state.orElse(null) instanceof RunState.Finished end)) {
      return Optional.empty();
    }
    return Optional.of(
        new RunOutcome(
            end,
            end.status() == RunStatus.COMPLETED
                ? store.history(runId).build().result()
                : Optional.empty()));
  }
}
