package com.commaagents.models.responses;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.wire.ClosedSchema;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// Nothing is stored at the provider: the whole conversation is sent, thinking with the encrypted
/// content it came with. Parts of a kind we do not know are not sent.
final class ResponsesRequest {
  private final ResponsesFormat format;
  private final ModelRequest request;

  ResponsesRequest(ResponsesFormat format, ModelRequest request) {
    this.format = format;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("model", format.model());
    request
        .system()
        .filter(text -> !text.isBlank())
        .ifPresent(text -> body.put("instructions", text));
    body.set("input", input());
    if (!request.tools().isEmpty()) {
      body.set("tools", tools());
    }
    addOptions(body, request.options());
    request
        .outputSchema()
        .ifPresent(schema -> body.putObject("text").set("format", format(schema)));
    body.put("store", false);
    if (format.thinks()) {
      body.putArray("include").add("reasoning.encrypted_content");
    }
    body.put("stream", true);
    addProviderOptions(body);
    return body;
  }

  private ArrayNode input() {
    ArrayNode input = Json.array();
    for (Message message : request.messages()) {
      boolean said = message instanceof Message.Assistant;
      // The API takes no thinking that nothing follows, as that of an answer which was cut.
      ArrayNode thought = Json.array();
      for (Part part : message.content().asParts()) {
        switch (part) {
          case Part.Text(var text, var _) -> addText(input, thought, said, text);
          case Part.Reasoning(var text, var options, var _) -> {
            JsonNode kept = options.path(format.providerId());
            addThinking(thought, text, kept);
            addPhase(input, kept.path("phase"));
          }
          case Part.ToolCall call -> addToolCall(follow(input, thought), call);
          case Part.ToolResult result ->
              item(input, "function_call_output")
                  .put("call_id", result.toolCallId())
                  .put("output", Prompts.toolResult(result));
          case Part.Other _ -> {}
        }
      }
    }
    return input;
  }

  private static ArrayNode follow(ArrayNode input, ArrayNode thought) {
    input.addAll(thought);
    thought.removeAll();
    return input;
  }

  // Whether a message was said on the way or is the answer; it stands behind the message.
  private static void addPhase(ArrayNode input, JsonNode phase) {
    if (phase.isString()
        && input.path(input.size() - 1) instanceof ObjectNode last
        && last.path("role").stringValue("").equals("assistant")) {
      last.set("phase", phase);
    }
  }

  private static ObjectNode item(ArrayNode input, String type) {
    return input.addObject().put("type", type);
  }

  private static void addText(ArrayNode input, ArrayNode thought, boolean said, String text) {
    if (text.isEmpty()) {
      return;
    }
    item(follow(input, thought), "message")
        .put("role", said ? "assistant" : "user")
        .putArray("content")
        .addObject()
        .put("type", said ? "output_text" : "input_text")
        .put("text", text);
  }

  private static void addThinking(ArrayNode input, String text, JsonNode options) {
    JsonNode encrypted = options.path("reasoningEncryptedContent");
    JsonNode id = options.path("itemId");
    if (!encrypted.isString()) {
      return;
    }
    ObjectNode item = item(input, "reasoning");
    if (id.isString()) {
      item.set("id", id);
    }
    ArrayNode summary = item.putArray("summary");
    if (!text.isEmpty()) {
      summary.addObject().put("type", "summary_text").put("text", text);
    }
    item.set("encrypted_content", encrypted);
  }

  private static void addToolCall(ArrayNode input, Part.ToolCall call) {
    item(input, "function_call")
        .put("call_id", call.toolCallId())
        .put("name", call.toolName())
        .put("arguments", Prompts.argumentsText(call));
  }

  private ArrayNode tools() {
    ArrayNode tools = Json.array();
    for (ToolSpec tool : request.tools()) {
      ObjectNode sent = tools.addObject().put("type", "function");
      sent.put("name", tool.name()).put("description", tool.description());
      sent.set("parameters", tool.inputSchema());
      sent.put("strict", false);
    }
    return tools;
  }

  // The API knows no top_k, no penalties and no seed.
  private static void addOptions(ObjectNode body, ModelOptions options) {
    options.temperature().ifPresent(value -> body.put("temperature", value));
    options.topP().ifPresent(value -> body.put("top_p", value));
    options.maxOutputTokens().ifPresent(value -> body.put("max_output_tokens", value));
  }

  private static ObjectNode format(JsonNode schema) {
    ObjectNode format = Json.object().put("type", "json_schema").put("name", "answer");
    format.set("schema", schema);
    return format.put("strict", ClosedSchema.isStrict(schema));
  }

  // Options that chat completions has at the top have a place of their own here.
  private void addProviderOptions(ObjectNode body) {
    ObjectNode options = Json.object();
    if (format.providerId().equals("azure")) {
      ProviderOptions.merge(request.providerOptions(), "openai", options);
    }
    ProviderOptions.merge(request.providerOptions(), format.providerId(), options);
    options.remove("api");
    move(options, "reasoning_effort", body, "reasoning", "effort");
    move(options, "reasoning_summary", body, "reasoning", "summary");
    move(options, "text_verbosity", body, "text", "verbosity");
    ProviderOptions.mergeDeep(options, body);
  }

  private static void move(
      ObjectNode options, String name, ObjectNode body, String place, String field) {
    JsonNode value = options.remove(name);
    if (value != null) {
      body.withObject(place).set(field, value);
    }
  }
}
