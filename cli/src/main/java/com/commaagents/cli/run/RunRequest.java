package com.commaagents.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What to run: a new run of a strategy, or a further prompt to a finished run.
///
/// `continues` with a run id; then the strategy may be absent and the input is present. `limits`
/// are those of `prepare_run`, an empty object for none.
public record RunRequest(
    Optional<Path> strategy,
    Optional<String> runId,
    boolean continues,
    Path workingDirectory,
    Optional<String> modelOverride,
    Optional<String> input,
    JsonNode limits) {
  public RunRequest {
    if (continues ? runId.isEmpty() || input.isEmpty() : strategy.isEmpty()) {
      throw new IllegalArgumentException("nothing to run");
    }
  }
}
