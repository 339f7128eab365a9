package com.commaagents.runs.lifecycle;

import java.util.Optional;

/// Where a run stands.
public sealed interface RunState {
  /// Nothing is known of it, in memory or on disk.
  record Absent() implements RunState {}

  /// Prepared, not started.
  ///
  /// @param previous how its last segment ended; empty for a new run
  record Pending(Optional<Finished> previous) implements RunState {
    public boolean continuation() {
      return previous.isPresent();
    }

    /// Whether its last segment was interrupted, so that it can be resumed.
    public boolean resumable() {
      return previous.flatMap(Finished::error).filter(RunError::meansInterrupted).isPresent();
    }
  }

  /// A segment is executing.
  record Running() implements RunState {}

  /// Its last segment has ended.
  ///
  /// @param status completed, error or cancelled
  /// @param error present unless it completed
  record Finished(RunStatus status, Optional<RunError> error) implements RunState {
    public static Finished completed() {
      return new Finished(RunStatus.COMPLETED, Optional.empty());
    }

    public static Finished failed(String code, String message) {
      return new Finished(RunStatus.ERROR, Optional.of(new RunError(code, message)));
    }

    public static Finished cancelled(String message) {
      return new Finished(
          RunStatus.CANCELLED, Optional.of(new RunError(RunError.CANCELLED, message)));
    }
  }

  /// Cancelled before it was ever started: nothing is on disk, the id stays taken.
  record Discarded() implements RunState {}

  /// What a list shows; empty for an absent run.
  default Optional<RunStatus> shownAs() {
    return switch (this) {
      case Absent() -> Optional.empty();
      case Pending(var _) -> Optional.of(RunStatus.PENDING);
      case Running() -> Optional.of(RunStatus.RUNNING);
      case Finished(var status, var _) -> Optional.of(status);
      case Discarded() -> Optional.of(RunStatus.CANCELLED);
    };
  }
}
