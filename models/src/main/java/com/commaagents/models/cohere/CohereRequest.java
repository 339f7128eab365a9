package com.commaagents.models.cohere;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.wire.Functions;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// A schema is enforced only where there are no tools, and is told in words besides them. Parts of
/// a kind we do not know are not sent.
final class CohereRequest {
  /// What a thinking was, among the options that go back with it.
  static final String KIND = "kind";

  static final String PLAN = "tool_plan";

  private final String model;
  private final ModelRequest request;

  CohereRequest(String model, ModelRequest request) {
    this.model = model;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("model", model);
    body.set("messages", messages());
    if (!request.tools().isEmpty()) {
      body.set("tools", Functions.of(request.tools()));
    }
    addOptions(body, request.options());
    if (enforced()) {
      request.outputSchema().ifPresent(schema -> body.set("response_format", format(schema)));
    }
    body.put("stream", true);
    ProviderOptions.merge(request.providerOptions(), "cohere", body);
    return body;
  }

  private boolean enforced() {
    return request.tools().isEmpty();
  }

  private static ObjectNode format(JsonNode schema) {
    ObjectNode format = Json.object().put("type", "json_object");
    format.set("json_schema", schema);
    return format;
  }

  private ArrayNode messages() {
    ArrayNode messages = Json.array();
    String system = enforced() ? request.system().orElse("") : Prompts.systemWithSchema(request);
    if (!system.isBlank()) {
      messages.addObject().put("role", "system").put("content", system);
    }
    for (Message message : request.messages()) {
      switch (message) {
        case Message.User(var content) -> {
          ArrayNode texts = messages.addObject().put("role", "user").putArray("content");
          content.asParts().forEach(part -> addText(texts, part));
        }
        case Message.Assistant(var content) ->
            addAssistant(messages.addObject().put("role", "assistant"), content);
        case Message.Tool(var content) -> addToolResults(messages, content);
      }
    }
    return messages;
  }

  private static void addText(ArrayNode content, Part part) {
    if (part instanceof Part.Text(var text, var _)) {
      content.addObject().put("type", "text").put("text", text);
    }
  }

  private static void addAssistant(ObjectNode message, Message.Content content) {
    ArrayNode said = Json.array();
    ArrayNode calls = Json.array();
    for (Part part : content.asParts()) {
      switch (part) {
        case Part.Text _ -> addText(said, part);
        case Part.Reasoning(var text, var options, var _) -> {
          if (options.path("cohere").path(KIND).stringValue("").equals(PLAN)) {
            message.put(PLAN, text);
          } else {
            said.addObject().put("type", "thinking").put("thinking", text);
          }
        }
        case Part.ToolCall call -> {
          ObjectNode sent = calls.addObject().put("id", call.toolCallId()).put("type", "function");
          sent.putObject("function")
              .put("name", call.toolName())
              .put("arguments", Prompts.argumentsText(call));
        }
        case Part.ToolResult _, Part.Other _ -> {}
      }
    }
    if (!said.isEmpty()) {
      message.set("content", said);
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private static void addToolResults(ArrayNode messages, Message.Content content) {
    for (Part part : content.asParts()) {
      if (part instanceof Part.ToolResult result) {
        messages
            .addObject()
            .put("role", "tool")
            .put("tool_call_id", result.toolCallId())
            .put("content", Prompts.toolResult(result));
      }
    }
  }

  private static void addOptions(ObjectNode body, ModelOptions options) {
    options.temperature().ifPresent(value -> body.put("temperature", value));
    options.topP().ifPresent(value -> body.put("p", value));
    options.topK().ifPresent(value -> body.put("k", value));
    options.maxOutputTokens().ifPresent(value -> body.put("max_tokens", value));
    options.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
    options.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
    options.seed().ifPresent(value -> body.put("seed", value));
  }
}
