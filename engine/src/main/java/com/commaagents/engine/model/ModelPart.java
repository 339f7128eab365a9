package com.commaagents.engine.model;

import com.commaagents.engine.conversation.Part;
import tools.jackson.databind.JsonNode;

/// One piece of a model's streamed answer.
///
/// Thinking comes as start, deltas, end of the same `id`; ids are unique within a round-trip. A
/// tool call is handed over when its arguments are complete.
public sealed interface ModelPart {
  record Text(String text) implements ModelPart {}

  record ThinkingStart(String id) implements ModelPart {}

  record Thinking(String id, String text) implements ModelPart {}

  /// @param providerOptions what the provider needs to get this thinking back in a later request,
  ///   such as a signature; an empty object when there is nothing
  record ThinkingEnd(String id, JsonNode providerOptions) implements ModelPart {}

  /// @param arguments the JSON text as the model wrote it, which may be no JSON
  /// @param providerOptions as those of [ThinkingEnd], for this call
  record ToolCall(String toolCallId, String toolName, String arguments, JsonNode providerOptions)
      implements ModelPart {
    /// A call that its provider needs nothing more to get back of.
    public ToolCall(String toolCallId, String toolName, String arguments) {
      this(toolCallId, toolName, arguments, Part.NO_EXTRA);
    }
  }
}
