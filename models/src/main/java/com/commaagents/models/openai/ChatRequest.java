package com.commaagents.models.openai;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.openai.Dialect.Trait;
import com.commaagents.models.wire.ClosedSchema;
import com.commaagents.models.wire.Functions;
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
/// Thinking is sent back as the [Dialect] says, and parts of a kind we do not know are not sent.
final class ChatRequest {
  /// Says which of OpenAI's APIs is spoken; it is for us.
  static final String CHOICE_OF_API = "api";

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
      body.set("tools", Functions.of(request.tools()));
    }
    addOptions(body, request.options());
    if (!schemaInWords()) {
      request.outputSchema().ifPresent(schema -> body.set("response_format", answerFormat(schema)));
    }
    body.put("stream", true);
    if (!dialect.has(Trait.NO_STREAM_OPTIONS)) {
      body.putObject("stream_options").put("include_usage", true);
    }
    if (dialect.has(Trait.OPEN_ENDED)) {
      ProviderOptions.merge(request.providerOptions(), "openai", body);
    }
    ProviderOptions.merge(request.providerOptions(), dialect.providerId(), body);
    body.remove(CHOICE_OF_API);
    return body;
  }

  private boolean schemaInWords() {
    return dialect.has(Trait.SCHEMA_IN_WORDS)
        || (dialect.has(Trait.SCHEMA_OR_TOOLS) && !request.tools().isEmpty());
  }

  private ArrayNode messages() {
    ArrayNode messages = Json.array();
    String system =
        schemaInWords() ? Prompts.systemWithSchema(request) : request.system().orElse("");
    if (!system.isEmpty()) {
      messages.addObject().put("role", "system").put("content", system);
    }
    int lastPrompt = lastPrompt();
    for (int i = 0; i < request.messages().size(); i++) {
      switch (request.messages().get(i)) {
        case Message.User(var content) -> addUser(messages, content.asParts());
        case Message.Assistant(var content) -> addAssistant(messages, content, i > lastPrompt);
        case Message.Tool(var content) -> addToolResults(messages, content.asParts());
      }
    }
    return messages;
  }

  private int lastPrompt() {
    int last = request.messages().size() - 1;
    while (last >= 0 && !(request.messages().get(last) instanceof Message.User)) {
      last--;
    }
    return last;
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
    texts.forEach(text -> content.add(textChunk(text)));
  }

  private void addAssistant(ArrayNode messages, Message.Content content, boolean unfinished) {
    ArrayNode calls = Json.array();
    for (Part part : content.asParts()) {
      if (part instanceof Part.ToolCall call) {
        ObjectNode sent = calls.addObject();
        sent.put("id", id(call.toolCallId())).put("type", "function");
        sent.putObject("function")
            .put("name", call.toolName())
            .put("arguments", Prompts.argumentsText(call));
      }
    }
    ObjectNode message = messages.addObject().put("role", "assistant");
    String text = content.text();
    if (text.isEmpty() && !calls.isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", text);
    }
    addThinking(message, content, unfinished);
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private void addThinking(ObjectNode message, Message.Content content, boolean unfinished) {
    StringBuilder thought = new StringBuilder();
    ArrayNode details = Json.array();
    StringBuilder opaque = new StringBuilder();
    for (Part part : content.asParts()) {
      if (part instanceof Part.Reasoning(var text, var options, var _)) {
        thought.append(text);
        JsonNode kept = options.path(dialect.providerId());
        kept.path("reasoning_details").forEach(details::add);
        opaque.append(kept.path("reasoning_opaque").stringValue(""));
      }
    }
    switch (dialect.thinking()) {
      case NOT_SENT -> {}
      case REASONING_CONTENT -> put(message, "reasoning_content", thought);
      case REASONING -> put(message, "reasoning", unfinished ? thought : "");
      case REASONING_DETAILS -> {
        if (!details.isEmpty()) {
          message.set("reasoning_details", details);
        }
      }
      case REASONING_OPAQUE -> {
        put(message, "reasoning_text", opaque.isEmpty() ? "" : thought);
        put(message, "reasoning_opaque", opaque);
      }
      case CONTENT_CHUNK -> {
        if (!thought.isEmpty()) {
          message.set("content", chunks(thought.toString(), content.text()));
        }
      }
    }
  }

  private static void put(ObjectNode message, String field, CharSequence text) {
    if (!text.isEmpty()) {
      message.put(field, text.toString());
    }
  }

  private static ArrayNode chunks(String thought, String text) {
    ArrayNode chunks = Json.array();
    chunks
        .addObject()
        .put("type", "thinking")
        .set("thinking", Json.array().add(textChunk(thought)));
    if (!text.isEmpty()) {
      chunks.add(textChunk(text));
    }
    return chunks;
  }

  private static ObjectNode textChunk(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  private String id(String toolCallId) {
    return dialect.has(Trait.SHORT_CALL_IDS) ? CallIds.shortened(toolCallId) : toolCallId;
  }

  private void addToolResults(ArrayNode messages, List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        messages
            .addObject()
            .put("role", "tool")
            .put("tool_call_id", id(result.toolCallId()))
            .put("content", Prompts.toolResult(result));
      }
    }
  }

  private void addOptions(ObjectNode body, ModelOptions options) {
    options.temperature().ifPresent(value -> body.put("temperature", value));
    options.topP().ifPresent(value -> body.put("top_p", value));
    if (dialect.has(Trait.TOP_K)) {
      options.topK().ifPresent(value -> body.put("top_k", value));
    }
    boolean newer =
        dialect.has(Trait.COMPLETION_LIMIT)
            || (dialect.has(Trait.COMPLETION_LIMIT_OF_THINKERS) && ReasoningModels.has(model));
    String limit = newer ? "max_completion_tokens" : "max_tokens";
    String seed = dialect.has(Trait.RANDOM_SEED) ? "random_seed" : "seed";
    options.maxOutputTokens().ifPresent(value -> body.put(limit, value));
    options.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
    options.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
    options.seed().ifPresent(value -> body.put(seed, value));
  }

  private ObjectNode answerFormat(JsonNode schema) {
    ObjectNode format = Json.object().put("type", "json_schema");
    ObjectNode named = format.putObject("json_schema").put("name", "answer");
    named.set("schema", schema);
    if (dialect.has(Trait.STRICT_SCHEMA) && ClosedSchema.isStrict(schema)) {
      named.put("strict", true);
    }
    return format;
  }
}
