package com.commaagents.runs.lifecycle;

/// What somebody wants of a run.
public sealed interface RunCommand {
  record Prepare() implements RunCommand {}

  /// Execute a newly prepared run.
  record Start() implements RunCommand {}

  /// A further prompt on a prepared finished run.
  record Continue() implements RunCommand {}

  /// Go on with the last segment of a prepared run, which was interrupted.
  record Resume() implements RunCommand {}

  /// @param message what clients are told
  record Stop(String message) implements RunCommand {}

  /// Nobody has started it or followed it for long.
  record Release() implements RunCommand {}

  /// The execution came to its end by itself, or could not go on.
  record End(RunState.Finished outcome) implements RunCommand {}

  /// The process that executed it is gone; given at boot.
  record Interrupt() implements RunCommand {}
}
