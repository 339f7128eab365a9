package com.commaagents.engine.tool;

/// Which call of which agent a tool works for.
///
/// @param path where the agent's step stands in the flow tree
public record ToolCallContext(String agentName, String path, String toolCallId) {}
