package com.commaagents.models.ollama;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.wire.Functions;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// A schema is enforced only where there are no tools, and is told in words besides them. Parts of
/// a kind we do not know are not sent.
final class OllamaRequest {
  private final String model;
  private final ModelRequest request;

  OllamaRequest(String model, ModelRequest request) {
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
    if (enforced()) {
      request.outputSchema().ifPresent(schema -> body.set("format", schema));
    }
    ObjectNode options = options(request.options());
    if (!options.isEmpty()) {
      body.set("options", options);
    }
    body.put("stream", true);
    ObjectNode own = Json.object();
    ProviderOptions.merge(request.providerOptions(), "ollama", own);
    ProviderOptions.mergeDeep(own, body);
    return body;
  }

  // A format holds from the first word on, so no tool could be called.
  private boolean enforced() {
    return request.tools().isEmpty();
  }

  private ArrayNode messages() {
    ArrayNode messages = Json.array();
    String system = enforced() ? request.system().orElse("") : Prompts.systemWithSchema(request);
    if (!system.isBlank()) {
      messages.addObject().put("role", "system").put("content", system);
    }
    for (Message message : request.messages()) {
      switch (message) {
        case Message.User(var content) ->
            messages.addObject().put("role", "user").put("content", lines(content));
        case Message.Assistant(var content) -> addAssistant(messages.addObject(), content);
        case Message.Tool(var content) -> addToolResults(messages, content);
      }
    }
    return messages;
  }

  // A message has one text.
  private static String lines(Message.Content content) {
    return content.asParts().stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining("\n\n"));
  }

  private static void addAssistant(ObjectNode message, Message.Content content) {
    StringBuilder thought = new StringBuilder();
    ArrayNode calls = Json.array();
    for (Part part : content.asParts()) {
      switch (part) {
        case Part.Reasoning(var text, var _, var _) -> thought.append(text);
        case Part.ToolCall call -> {
          ObjectNode sent = calls.addObject().put("id", call.toolCallId());
          sent.putObject("function")
              .put("name", call.toolName())
              .set("arguments", Prompts.argumentsObject(call));
        }
        case Part.Text _, Part.ToolResult _, Part.Other _ -> {}
      }
    }
    message.put("role", "assistant").put("content", content.text());
    if (!thought.isEmpty()) {
      message.put("thinking", thought.toString());
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
            .put("tool_name", result.toolName())
            .put("tool_call_id", result.toolCallId())
            .put("content", Prompts.toolResult(result));
      }
    }
  }

  private static ObjectNode options(ModelOptions options) {
    ObjectNode sent = Json.object();
    options.temperature().ifPresent(value -> sent.put("temperature", value));
    options.topP().ifPresent(value -> sent.put("top_p", value));
    options.topK().ifPresent(value -> sent.put("top_k", value));
    options.maxOutputTokens().ifPresent(value -> sent.put("num_predict", value));
    options.frequencyPenalty().ifPresent(value -> sent.put("frequency_penalty", value));
    options.presencePenalty().ifPresent(value -> sent.put("presence_penalty", value));
    options.seed().ifPresent(value -> sent.put("seed", value));
    return sent;
  }
}
