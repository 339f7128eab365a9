package com.commaagents.runs.message;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.event.ToolOutput;
import java.time.Instant;
import java.util.Optional;

/// What single clients are told of a run beside its numbered stream: only those that asked for it
/// by attaching, by subscribing after a number, or by resuming.
public sealed interface RunNotice {
  RunId runId();

  Instant at();

  /// Messages that are no longer held, both ends included.
  record ReplayGap(RunId runId, Instant at, long fromSeq, long toSeq) implements RunNotice {}

  /// Somebody has answered, so that all others close their prompt.
  ///
  /// @param agentName of an input
  /// @param requestId of a permission or a question
  record RequestResolved(
      RunId runId,
      Instant at,
      Kind kind,
      Optional<String> agentName,
      Optional<String> requestId,
      ClientId by)
      implements RunNotice {}

  /// What a tool says while it runs. The newest of it is held until the call ends, for clients that
  /// come meanwhile; whoever comes later finds it in the call's result, and a client that lags does
  /// without.
  record ToolOutputShown(RunId runId, Instant at, ToolOutput output) implements RunNotice {}

  /// The run as it stands; its stream goes on behind it.
  ///
  /// @param attachId the request this answers
  record Snapshot(RunSnapshot snapshot, Optional<String> attachId) implements RunNotice {
    @Override
    public RunId runId() {
      return snapshot.runId();
    }

    @Override
    public Instant at() {
      return snapshot.at();
    }
  }

  enum Kind {
    INPUT,
    PERMISSION,
    QUESTION
  }
}
