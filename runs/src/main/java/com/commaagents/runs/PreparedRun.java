package com.commaagents.runs;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.McpServerStatus;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A run that can be started or continued.
///
/// @param agents in file order
/// @param flowTree the strategy file's `flow` as written
/// @param history what was said before; empty for a new run
/// @param lastSeq the newest message number of the run; 0 for a new one
public record PreparedRun(
    RunId runId,
    String strategyName,
    List<String> agents,
    JsonNode flowTree,
    List<McpServerStatus> mcpServers,
    History history,
    long lastSeq) {
  public PreparedRun {
    agents = List.copyOf(agents);
    mcpServers = List.copyOf(mcpServers);
  }
}
