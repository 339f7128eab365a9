package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What to run: a new run of a strategy, a further prompt to a finished run, or an interrupted run
/// that goes on; or a run that others have started, to be watched.
///
/// All but a start have a run id, and may have no strategy; a continuation has an input. `limits`
/// are those of `prepare_run`, an empty object for none.
///
/// @param detached whether it is left to itself once it has begun
public record RunRequest(
    Verb verb,
    Optional<Path> strategy,
    Optional<String> runId,
    Path workingDirectory,
    Optional<String> modelOverride,
    Optional<String> input,
    JsonNode limits,
    boolean detached) {
  public RunRequest {
    boolean complete =
        switch (verb) {
          case START -> strategy.isPresent();
          case CONTINUE -> runId.isPresent() && input.isPresent();
          case RESUME, ATTACH -> runId.isPresent();
        };
    if (!complete) {
      throw new IllegalArgumentException("nothing to run");
    }
  }

  /// What is watched to its end.
  public RunRequest(
      Verb verb,
      Optional<Path> strategy,
      Optional<String> runId,
      Path workingDirectory,
      Optional<String> modelOverride,
      Optional<String> input,
      JsonNode limits) {
    this(verb, strategy, runId, workingDirectory, modelOverride, input, limits, false);
  }

  /// The same, left to itself once it has begun.
  public RunRequest detachedIf(boolean detach) {
    return new RunRequest(
        verb, strategy, runId, workingDirectory, modelOverride, input, limits, detach);
  }

  /// No more than to name a run that is kept or live.
  public static RunRequest of(Verb verb, String runId, Path workingDirectory) {
    return new RunRequest(
        verb,
        Optional.empty(),
        Optional.of(runId),
        workingDirectory,
        Optional.empty(),
        Optional.empty(),
        Json.object());
  }

  /// What is done with a run.
  public enum Verb {
    START,
    CONTINUE,
    RESUME,
    ATTACH;

    /// The request that does it, as on the wire.
    String label() {
      return name().toLowerCase(Locale.ROOT) + "_run";
    }
  }
}
