package com.commaagents.cli.run;

import java.util.OptionalDouble;

/// How a run ended for the one who watched it.
public sealed interface Outcome {
  /// Usage is of all steps together.
  record Completed(
      String runId, String result, long promptTokens, long completionTokens, OptionalDouble costUsd)
      implements Outcome {}

  /// The run failed, or could not be prepared or started.
  record Failed(String code, String message) implements Outcome {}

  /// The run was stopped, by a Ctrl-C or by another client.
  record Stopped(boolean byUs) implements Outcome {}

  /// The one who watched went away; the run goes on.
  ///
  /// @param asWished by a run that was to be left once it has begun, not by a Ctrl-C
  record Left(String runId, boolean asWished) implements Outcome {}

  /// The daemon went away before the run ended.
  record Lost(String reason) implements Outcome {}

  /// 0 completed; 1 failed; 3 trouble with the daemon; 130 stopped or left.
  default int exitCode() {
    return switch (this) {
      case Completed _ -> 0;
      case Failed _ -> 1;
      case Lost _ -> 3;
      case Left(_, boolean asWished) -> asWished ? 0 : 130;
      case Stopped(boolean byUs) -> byUs ? 130 : 1;
    };
  }
}
