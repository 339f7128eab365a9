package com.commaagents.models.openai;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.openai.Dialect.AnswerSchema;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// Thinking is not sent back, and parts of a kind we do not know are not sent at all.
final class ChatRequest {
  private final Dialect dialect;
  private final String model;
  private final ModelRequest request;

  ChatRequest(Dialect dialect, String model, ModelRequest request) {
    this.dialect = dialect;
    this.model = model;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("model", model);
    body.set("messages", messages());
    if (!request.tools().isEmpty()) {
      body.set("tools", tools());
    }
    addOptions(body, request.options());
    if (dialect.schema() == AnswerSchema.ENFORCED) {
      request.outputSchema().ifPresent(schema -> body.set("response_format", answerFormat(schema)));
    }
    body.put("stream", true);
    if (dialect.streamOptions()) {
      body.putObject("stream_options").put("include_usage", true);
    }
    if (dialect.openEnded()) {
      ProviderOptions.merge(request.providerOptions(), "openai", body);
    }
    ProviderOptions.merge(request.providerOptions(), dialect.providerId(), body);
    return body;
  }

  private ArrayNode messages() {
    ArrayNode messages = Json.array();
    String system =
        dialect.schema() == AnswerSchema.ENFORCED
            ? request.system().orElse("")
            : Prompts.systemWithSchema(request);
    if (!system.isEmpty()) {
      messages.addObject().put("role", "system").put("content", system);
    }
    for (Message message : request.messages()) {
      switch (message) {
        case Message.User(var content) -> addUser(messages, content.asParts());
        case Message.Assistant(var content) -> addAssistant(messages, content);
        case Message.Tool(var content) -> addToolResults(messages, content.asParts());
      }
    }
    return messages;
  }

  // One text goes as a string, which every server takes; several as parts.
  private static void addUser(ArrayNode messages, List<Part> parts) {
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text(var text, var _)) {
        texts.add(text);
      }
    }
    ObjectNode message = messages.addObject().put("role", "user");
    if (texts.size() <= 1) {
      message.put("content", texts.isEmpty() ? "" : texts.getFirst());
      return;
    }
    ArrayNode content = message.putArray("content");
    texts.forEach(text -> content.addObject().put("type", "text").put("text", text));
  }

  private static void addAssistant(ArrayNode messages, Message.Content content) {
    ArrayNode calls = Json.array();
    for (Part part : content.asParts()) {
      if (part instanceof Part.ToolCall call) {
        ObjectNode sent = calls.addObject().put("id", call.toolCallId()).put("type", "function");
        sent.putObject("function")
            .put("name", call.toolName())
            .put("arguments", arguments(call.input()));
      }
    }
    ObjectNode message = messages.addObject().put("role", "assistant");
    String text = content.text();
    if (calls.isEmpty()) {
      message.put("content", text);
      return;
    }
    if (text.isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", text);
    }
    message.set("tool_calls", calls);
  }

  // A string is what the model wrote when it wrote no JSON: it gets that back.
  private static String arguments(JsonNode input) {
    return input.isString() ? input.stringValue() : Json.write(input);
  }

  private static void addToolResults(ArrayNode messages, List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        messages
            .addObject()
            .put("role", "tool")
            .put("tool_call_id", result.toolCallId())
            .put("content", Prompts.toolResult(result));
      }
    }
  }

  private ArrayNode tools() {
    ArrayNode tools = Json.array();
    for (ToolSpec tool : request.tools()) {
      ObjectNode function = tools.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name()).put("description", tool.description());
      function.set("parameters", tool.inputSchema());
    }
    return tools;
  }

  private void addOptions(ObjectNode body, ModelOptions options) {
    options.temperature().ifPresent(value -> body.put("temperature", value));
    options.topP().ifPresent(value -> body.put("top_p", value));
    if (dialect.topK()) {
      options.topK().ifPresent(value -> body.put("top_k", value));
    }
    String limit = dialect.takesCompletionLimit(model) ? "max_completion_tokens" : "max_tokens";
    options.maxOutputTokens().ifPresent(value -> body.put(limit, value));
    options.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
    options.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
    options.seed().ifPresent(value -> body.put(dialect.seedField(), value));
  }

  private static ObjectNode answerFormat(JsonNode schema) {
    ObjectNode format = Json.object().put("type", "json_schema");
    format.putObject("json_schema").put("name", "answer").set("schema", schema);
    return format;
  }
}
