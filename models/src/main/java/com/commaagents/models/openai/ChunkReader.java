package com.commaagents.models.openai;

import com.commaagents.base.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// One chunk of a stream, read without building a tree of it: this is done for every delta.
///
/// What is rare (tool calls, usage, errors) is kept as a tree. Of several choices only the one of
/// index 0 counts. Reused from chunk to chunk; not thread-safe.
final class ChunkReader {
  private static final JsonMapper MAPPER = Json.mapper();
  private static final JsonNode ABSENT = MissingNode.getInstance();

  String text = "";
  String thinking = "";
  String finishReason = "";
  JsonNode toolCalls = ABSENT;
  JsonNode usage = ABSENT;
  JsonNode error = ABSENT;
  JsonNode reasoningDetails = ABSENT;
  String reasoningOpaque = "";

  private JsonNode groq = ABSENT;
  private final ObjectNode ownError = Json.object();
  private boolean isError;
  private String refusal = "";
  private String reasoning = "";

  /// @throws JacksonException when the bytes are no JSON
  void read(byte[] bytes, int offset, int length) {
    reset();
    try (JsonParser parser = MAPPER.createParser(bytes, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        skip(parser);
        return;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "choices" -> readChoices(parser);
          case "usage" -> usage = parser.readValueAsTree();
          case "error" -> error = parser.readValueAsTree();
          case "x_groq" -> groq = parser.readValueAsTree();
          // Mistral and vLLM send an error in place of a chunk.
          case "object" -> isError = string(parser).equals("error");
          case "message", "type", "code" -> {
            JsonNode value = parser.readValueAsTree();
            ownError.set(name, value);
          }
          default -> skip(parser);
        }
      }
    }
    if (isError) {
      error = ownError.deepCopy();
    }
    readGroq();
    if (thinking.isEmpty()) {
      thinking = reasoning;
    }
    if (text.isEmpty()) {
      text = refusal;
    }
  }

  // Groq's own: the usage once more, or why it stopped early.
  private void readGroq() {
    if (!usage.isObject()) {
      usage = groq.path("usage");
    }
    if (groq.path("error").isString()) {
      error = groq.path("error");
    }
  }

  private void reset() {
    text = "";
    thinking = "";
    finishReason = "";
    ownError.removeAll();
    isError = false;
    refusal = "";
    reasoning = "";
    toolCalls = ABSENT;
    usage = ABSENT;
    error = ABSENT;
    reasoningDetails = ABSENT;
    reasoningOpaque = "";
    groq = ABSENT;
  }

  private void readChoices(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      skip(parser);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readChoice(parser);
      } else {
        skip(parser);
      }
    }
  }

  private void readChoice(JsonParser parser) {
    boolean wanted = true;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "index" -> wanted = token != JsonToken.VALUE_NUMBER_INT || parser.getIntValue() == 0;
        case "delta" -> readDelta(parser);
        case "error" -> error = parser.readValueAsTree();
        case "finish_reason" -> finishReason = string(parser);
        default -> skip(parser);
      }
    }
    if (!wanted) {
      reset();
    }
  }

  private void readDelta(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      skip(parser);
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "content" -> readContent(parser);
        case "reasoning_content", "reasoning_text" -> thinking = string(parser);
        // Some send it under both names; then it is one and the same.
        case "reasoning" -> reasoning = string(parser);
        case "refusal" -> refusal = string(parser);
        case "reasoning_opaque" -> reasoningOpaque = string(parser);
        case "reasoning_details" -> reasoningDetails = parser.readValueAsTree();
        case "tool_calls" -> toolCalls = parser.readValueAsTree();
        default -> skip(parser);
      }
    }
  }

  // A string; Mistral's reasoning models send parts.
  private void readContent(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      text = string(parser);
      return;
    }
    JsonNode parts = parser.readValueAsTree();
    for (JsonNode part : parts) {
      text += part.path("text").stringValue("");
      for (JsonNode thought : part.path("thinking")) {
        thinking += thought.path("text").stringValue("");
      }
    }
  }

  private static String string(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    skip(parser);
    return "";
  }

  private static void skip(JsonParser parser) {
    parser.skipChildren();
  }
}
