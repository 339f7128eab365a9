package com.commaagents.runs.lifecycle;

/// What happened to a run.
public sealed interface RunEvent {
  record Prepared() implements RunEvent {}

  /// A segment began. On disk: `run_started`.
  record Started() implements RunEvent {}

  /// The segment ended. On disk: `run_completed`.
  record Ended(RunState.Finished outcome) implements RunEvent {}

  /// It was stopped before it was started.
  ///
  /// @param message what clients are told
  record Abandoned(String message) implements RunEvent {}

  /// It was given up before it was started, and nobody was told.
  record Released() implements RunEvent {}
}
