package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.timeline.RunStates;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineEvent.SeqMark;
import java.time.Instant;
import java.util.Optional;

/// A persisted run as a list shows it: its latest segment.
///
/// @param completedAt empty while it is not finished
/// @param lastSeq the highest message number its timeline names
public record RunOverview(
    RunId runId,
    String cwd,
    String strategyName,
    String strategyPath,
    Instant startedAt,
    Optional<Instant> completedAt,
    RunState state,
    long lastSeq) {

  public RunStatus status() {
    return state.shownAs().orElseThrow();
  }

  /// What a further entry makes of a run's overview; empty as long as no segment has begun.
  static Optional<RunOverview> after(
      RunId runId, Optional<RunOverview> before, TimelineEntry entry) {
    if (entry.event() instanceof RunStarted started) {
      RunState state = before.map(RunOverview::state).orElse(new RunState.Absent());
      return Optional.of(
          new RunOverview(
              runId,
              started.cwd(),
              started.strategyName(),
              started.strategyPath(),
              entry.at(),
              Optional.empty(),
              RunStates.after(state, started),
              Math.max(before.map(RunOverview::lastSeq).orElse(0L), started.seq().orElse(0))));
    }
    return before.map(overview -> overview.afterOther(entry));
  }

  private RunOverview afterOther(TimelineEntry entry) {
    RunState next = RunStates.after(state, entry.event());
    Optional<Instant> ended =
        next instanceof RunState.Finished && !next.equals(state)
            ? Optional.of(entry.at())
            : completedAt;
    long seq =
        switch (entry.event()) {
          case RunCompleted completed -> Math.max(lastSeq, completed.seq().orElse(0));
          case SeqMark(var mark) -> Math.max(lastSeq, mark);
          default -> lastSeq;
        };
    return new RunOverview(runId, cwd, strategyName, strategyPath, startedAt, ended, next, seq);
  }
}
