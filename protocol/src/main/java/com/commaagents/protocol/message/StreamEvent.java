package com.commaagents.protocol.message;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an agent streams, in the order its model produced it.
public sealed interface StreamEvent {
  record Text(String text) implements StreamEvent {}

  record ThinkingStart(String id) implements StreamEvent {}

  record Thinking(String id, String text) implements StreamEvent {}

  record ThinkingEnd(String id) implements StreamEvent {}

  /// @param args JSON as the model wrote it, not necessarily valid
  record ToolCall(String toolCallId, String toolName, String args, Optional<McpOrigin> mcp)
      implements StreamEvent {}

  /// @param error why the call could not be run
  record ToolResult(
      String toolCallId,
      String toolName,
      String output,
      ToolStatus status,
      Optional<String> error,
      Optional<McpOrigin> mcp)
      implements StreamEvent {}

  /// A model round-trip has begun to answer.
  record StepStart() implements StreamEvent {}

  /// The conversation was compacted.
  record Retention(JsonNode event) implements StreamEvent {}

  record Done(CallResult result) implements StreamEvent {}

  /// The MCP server of a tool, and the tool's name there.
  record McpOrigin(String serverId, String toolName) {}

  enum ToolStatus implements Labelled {
    COMPLETED("completed"),
    ERROR("error");

    private final String label;

    ToolStatus(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }
}
