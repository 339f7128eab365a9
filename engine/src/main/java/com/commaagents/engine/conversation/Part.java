package com.commaagents.engine.conversation;

import com.commaagents.base.json.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// One part of a message.
///
/// `extra` holds the fields of a part we do not know: they are written back as they came.
public sealed interface Part {
  /// No unknown fields. INVARIANT: nobody changes it.
  JsonNode NO_EXTRA = Json.object();

  /// The field of a part that holds what its provider needs to get it back.
  String PROVIDER_OPTIONS = "providerOptions";

  record Text(String text, JsonNode extra) implements Part {}

  /// The model's thinking.
  ///
  /// @param providerOptions what the provider needs to get its own thinking back, such as a
  ///   signature; an empty object when there is nothing
  record Reasoning(String text, JsonNode providerOptions, JsonNode extra) implements Part {}

  /// @param input the arguments; a JSON string with the raw text when they were no JSON
  record ToolCall(String toolCallId, String toolName, JsonNode input, JsonNode extra)
      implements Part {
    /// What the provider needs to get its own call back, such as a signature; an object without
    /// fields when there is nothing.
    public JsonNode providerOptions() {
      return extra.path(PROVIDER_OPTIONS).isObject() ? extra.path(PROVIDER_OPTIONS) : NO_EXTRA;
    }

    /// The same call with what its provider needs to get it back.
    public ToolCall with(JsonNode providerOptions) {
      return providerOptions.isEmpty()
          ? this
          : new ToolCall(
              toolCallId, toolName, input, Json.object().set(PROVIDER_OPTIONS, providerOptions));
    }
  }

  record ToolResult(
      String toolCallId, String toolName, OutputKind outputKind, JsonNode output, JsonNode extra)
      implements Part {}

  /// A part of a kind we do not know, kept as it came and never sent to a model.
  record Other(JsonNode raw) implements Part {}

  static Text text(String text) {
    return new Text(text, NO_EXTRA);
  }

  static Reasoning reasoning(String text, JsonNode providerOptions) {
    return new Reasoning(text, providerOptions, NO_EXTRA);
  }

  static ToolCall toolCall(String toolCallId, String toolName, JsonNode input) {
    return new ToolCall(toolCallId, toolName, input, NO_EXTRA);
  }

  static ToolResult toolResult(String toolCallId, String toolName, OutputKind kind, String text) {
    return new ToolResult(
        toolCallId, toolName, kind, Json.mapper().getNodeFactory().stringNode(text), NO_EXTRA);
  }

  /// How a tool's output is meant.
  enum OutputKind {
    TEXT,
    JSON,
    ERROR_TEXT,
    ERROR_JSON;

    /// As on disk, for example `error-text`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
