package com.commaagents.cli.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What to run: a new run of a strategy, a further prompt to a finished run, or an interrupted run
/// that goes on.
///
/// All but a start have a run id, and may have no strategy; a continuation has an input. `limits`
/// are those of `prepare_run`, an empty object for none.
public record RunRequest(
    Verb verb,
    Optional<Path> strategy,
    Optional<String> runId,
    Path workingDirectory,
    Optional<String> modelOverride,
    Optional<String> input,
    JsonNode limits) {
  public RunRequest {
    boolean complete =
        switch (verb) {
          case START -> strategy.isPresent();
          case CONTINUE -> runId.isPresent() && input.isPresent();
          case RESUME -> runId.isPresent();
        };
    if (!complete) {
      throw new IllegalArgumentException("nothing to run");
    }
  }

  /// What is done with a run.
  public enum Verb {
    START,
    CONTINUE,
    RESUME;

    /// The request that does it, as on the wire.
    String label() {
      return name().toLowerCase(Locale.ROOT) + "_run";
    }
  }
}
