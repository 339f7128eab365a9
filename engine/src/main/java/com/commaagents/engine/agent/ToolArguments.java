package com.commaagents.engine.agent;

import com.commaagents.base.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the arguments a model wrote.
final class ToolArguments {
  private ToolArguments() {}

  /// The arguments, or empty when they are no JSON. No text at all stands for no arguments: some
  /// models write nothing for a tool without parameters.
  static Optional<JsonNode> parse(String text) {
    return text.isBlank() ? Optional.of(Json.object()) : Json.parse(text);
  }
}
