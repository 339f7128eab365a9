package com.commaagents.runs.live;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.limit.RunLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What was prepared, fixed for one segment of a run.
///
/// @param strategyPath absolute
/// @param agents in file order
/// @param flowTree the strategy file's `flow` as written
/// @param cwd absolute
public record RunPlan(
    RunId runId,
    Path strategyPath,
    String strategyName,
    List<String> agents,
    JsonNode flowTree,
    Path cwd,
    Optional<String> manifestPath,
    Optional<String> modelOverride,
    RunLimits limits,
    Instant preparedAt) {
  public RunPlan {
    agents = List.copyOf(agents);
  }
}
