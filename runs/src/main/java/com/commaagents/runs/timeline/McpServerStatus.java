package com.commaagents.runs.timeline;

import java.util.List;
import java.util.Optional;

/// An MCP server that agents may use, and how it stands.
///
/// @param source `global`, `workspace` or `strategy`: whose file defines it
/// @param transport `stdio`, `http` or `sse`
/// @param enabled whether the run uses it
/// @param enabledByDefault whether runs use it unless somebody chooses otherwise
/// @param connected empty where no run is live that could be connected
/// @param toolCount how many tools it offers; 0 when it is not connected
/// @param assignedAgents in file order
/// @param error why it is not connected although it should be, and what to do; shows no secret
public record McpServerStatus(
    String id,
    String source,
    String transport,
    boolean enabled,
    boolean enabledByDefault,
    Optional<Boolean> connected,
    int toolCount,
    List<String> assignedAgents,
    Optional<String> error) {
  public McpServerStatus {
    assignedAgents = List.copyOf(assignedAgents);
  }

  /// The same when its run has ended.
  public McpServerStatus atRest() {
    return new McpServerStatus(
        id,
        source,
        transport,
        enabled,
        enabledByDefault,
        Optional.empty(),
        0,
        assignedAgents,
        error);
  }
}
