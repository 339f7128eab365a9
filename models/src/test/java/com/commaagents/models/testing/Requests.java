package com.commaagents.models.testing;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Requests, and JSON to compare with.
public final class Requests {
  private Requests() {}

  public static ModelRequest of(Message... messages) {
    return of(Optional.empty(), List.of(), messages);
  }

  public static ModelRequest of(
      Optional<String> system, List<ToolSpec> tools, Message... messages) {
    return new ModelRequest(
        "writer", system, List.of(messages), tools, ModelOptions.NONE, Map.of(), Optional.empty());
  }

  public static ToolSpec readFile() {
    return new ToolSpec(
        "read_file",
        "Reads a file.",
        json("{'type':'object','properties':{'path':{'type':'string'}}}"),
        true);
  }

  /// Provider options, in single quotes.
  public static Map<String, JsonNode> options(String text) {
    return json(text).properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// JSON with single quotes in place of double ones.
  public static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"')).orElseThrow();
  }

  /// A golden file of this module's test resources.
  public static JsonNode golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Requests.class.getResourceAsStream("/golden/" + name), name)) {
      return Json.parse(in.readAllBytes()).orElseThrow();
    }
  }
}
