package com.commaagents.engine.conversation;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message.Content;
import com.commaagents.engine.conversation.Part.OutputKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads messages; total on any tree. A part that is not as we know it is kept as it came.
final class MessageReader {
  private static final Set<String> TEXT_FIELDS = Set.of("type", "text");
  private static final Set<String> REASONING_FIELDS = Set.of("type", "text", "providerOptions");
  private static final Set<String> CALL_FIELDS = Set.of("type", "toolCallId", "toolName", "input");
  private static final Set<String> RESULT_FIELDS =
      Set.of("type", "toolCallId", "toolName", "output");
  private static final Set<String> OUTPUT_FIELDS = Set.of("type", "value");

  private MessageReader() {}

  static Optional<Message> message(JsonNode json) {
    Optional<Content> content = content(json.path("content"));
    Optional<String> role = Json.text(json, "role");
    if (content.isEmpty() || role.isEmpty()) {
      return Optional.empty();
    }
    return switch (role.get()) {
      case "user" -> Optional.of(new Message.User(content.get()));
      case "assistant" -> Optional.of(new Message.Assistant(content.get()));
      case "tool" -> Optional.of(new Message.Tool(content.get()));
      default -> Optional.empty();
    };
  }

  private static Optional<Content> content(JsonNode json) {
    if (json.isString()) {
      return Optional.of(new Content.Plain(json.stringValue()));
    }
    if (!json.isArray()) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      parts.add(part(element));
    }
    return Optional.of(new Content.Parts(parts));
  }

  private static Part part(JsonNode json) {
    Optional<Part> known =
        switch (Json.text(json, "type").orElse("")) {
          case "text" -> text(json);
          case "reasoning" -> reasoning(json);
          case "tool-call" -> toolCall(json);
          case "tool-result" -> toolResult(json);
          default -> Optional.empty();
        };
    return known.orElseGet(() -> new Part.Other(json));
  }

  private static Optional<Part> text(JsonNode json) {
    return Json.text(json, "text")
        .map(text -> new Part.Text(text, ConversationReader.extra(json, TEXT_FIELDS)));
  }

  private static Optional<Part> reasoning(JsonNode json) {
    JsonNode options = json.path("providerOptions");
    if (!options.isMissingNode() && !options.isObject()) {
      return Optional.empty();
    }
    return Json.text(json, "text")
        .map(text ->
            new Part.Reasoning(
                text,
                options.isObject() ? options : Part.NO_EXTRA,
                ConversationReader.extra(json, REASONING_FIELDS)));
  }

  private static Optional<Part> toolCall(JsonNode json) {
    Optional<String> id = Json.text(json, "toolCallId");
    Optional<String> name = Json.text(json, "toolName");
    JsonNode input = json.path("input");
    if (id.isEmpty() || name.isEmpty() || input.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new Part.ToolCall(
            id.get(), name.get(), input, ConversationReader.extra(json, CALL_FIELDS)));
  }

  private static Optional<Part> toolResult(JsonNode json) {
    Optional<String> id = Json.text(json, "toolCallId");
    Optional<String> name = Json.text(json, "toolName");
    JsonNode output = json.path("output");
    Optional<OutputKind> kind = outputKind(Json.text(output, "type").orElse(""));
    JsonNode value = output.path("value");
    if (id.isEmpty() || name.isEmpty() || kind.isEmpty() || value.isMissingNode()) {
      return Optional.empty();
    }
    // Unknown fields of the output object itself travel in `extra` under its own name.
    JsonNode extra = ConversationReader.extra(json, RESULT_FIELDS);
    JsonNode outputExtra = ConversationReader.extra(output, OUTPUT_FIELDS);
    if (!outputExtra.isEmpty()) {
      ObjectNode both = Json.object();
      extra.properties().forEach(field -> both.set(field.getKey(), field.getValue()));
      both.set("output", outputExtra);
      extra = both;
    }
    return Optional.of(new Part.ToolResult(id.get(), name.get(), kind.get(), value, extra));
  }

  private static Optional<OutputKind> outputKind(String label) {
    return switch (label) {
      case "text" -> Optional.of(OutputKind.TEXT);
      case "json" -> Optional.of(OutputKind.JSON);
      case "error-text" -> Optional.of(OutputKind.ERROR_TEXT);
      case "error-json" -> Optional.of(OutputKind.ERROR_JSON);
      default -> Optional.empty();
    };
  }
}
