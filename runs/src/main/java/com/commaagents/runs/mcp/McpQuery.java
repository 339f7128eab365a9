package com.commaagents.runs.mcp;

import java.util.Optional;

/// For what MCP servers are asked about.
///
/// @param runId a run, whose folder and strategy count where the others are empty
/// @param cwd the working folder; empty: that of the run, else that of the run system
/// @param strategyPath the strategy file; empty: that of the run, else none
public record McpQuery(
    Optional<String> runId, Optional<String> cwd, Optional<String> strategyPath) {}
