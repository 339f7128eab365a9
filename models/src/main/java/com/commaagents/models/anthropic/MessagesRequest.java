package com.commaagents.models.anthropic;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// The API wants the roles to alternate, so what follows each other in one role becomes one
/// message; it takes no blank text, so that is left out, and a user message with nothing else says
/// [#NOTHING_SAID]. Thinking goes back only with the signature it came with. Parts of a kind we do
/// not know are not sent.
final class MessagesRequest {
  static final String NOTHING_SAID = "(no message)";

  /// Of the newest models' limits the lowest.
  private static final int MAX_TOKENS = 32_000;

  /// What models of other makers behind this API take for sure.
  private static final int MAX_TOKENS_OTHERS = 8_192;

  private static final Pattern NO_ID_CHARACTER = Pattern.compile("[^A-Za-z0-9_-]");

  private final String model;
  private final ModelRequest request;

  MessagesRequest(String model, ModelRequest request) {
    this.model = model;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("model", model);
    body.put("max_tokens", request.options().maxOutputTokens().orElseGet(this::defaultMaxTokens));
    String system = Prompts.systemWithSchema(request);
    if (!system.isBlank()) {
      body.put("system", system);
    }
    body.set("messages", messages());
    if (!request.tools().isEmpty()) {
      body.set("tools", tools());
    }
    addOptions(body, request.options());
    body.put("stream", true);
    ProviderOptions.merge(request.providerOptions(), "anthropic", body);
    makeRoomForThinking(body);
    return body;
  }

  private int defaultMaxTokens() {
    if (!model.startsWith("claude-")) {
      return MAX_TOKENS_OTHERS;
    }
    if (model.startsWith("claude-3-5-")) {
      return 8_192;
    }
    boolean firstOfThree =
        model.startsWith("claude-3-opus")
            || model.startsWith("claude-3-sonnet")
            || model.startsWith("claude-3-haiku");
    return firstOfThree ? 4_096 : MAX_TOKENS;
  }

  private ArrayNode messages() {
    ArrayNode messages = Json.array();
    for (Message message : request.messages()) {
      List<Part> parts = message.content().asParts();
      switch (message) {
        case Message.User _ -> addUser(contentFor(messages, "user"), parts);
        case Message.Tool _ -> addToolResults(contentFor(messages, "user"), parts);
        case Message.Assistant _ -> addAssistant(messages, parts);
      }
    }
    for (JsonNode message : messages) {
      if (message.path("content").isEmpty()) {
        addText((ArrayNode) message.path("content"), NOTHING_SAID);
      }
    }
    return messages;
  }

  // The last message's content when it is of this role; else that of a new message.
  private static ArrayNode contentFor(ArrayNode messages, String role) {
    JsonNode last = messages.path(messages.size() - 1);
    if (last.path("role").stringValue("").equals(role)) {
      return (ArrayNode) last.path("content");
    }
    return messages.addObject().put("role", role).putArray("content");
  }

  private static void addUser(ArrayNode content, List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.Text(var text, var _)) {
        addText(content, text);
      }
    }
  }

  private static void addText(ArrayNode content, String text) {
    if (!text.isBlank()) {
      content.addObject().put("type", "text").put("text", text);
    }
  }

  private static void addToolResults(ArrayNode content, List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        ObjectNode block =
            content
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", id(result.toolCallId()))
                .put("content", Prompts.toolResult(result));
        switch (result.outputKind()) {
          case TEXT, JSON -> {}
          case ERROR_TEXT, ERROR_JSON -> block.put("is_error", true);
        }
      }
    }
  }

  private static void addAssistant(ArrayNode messages, List<Part> parts) {
    ArrayNode blocks = Json.array();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(var text, var _) -> addText(blocks, text);
        case Part.Reasoning(var text, var options, var _) ->
            addThinking(blocks, text, options.path("anthropic"));
        case Part.ToolCall call -> addToolUse(blocks, call);
        case Part.ToolResult _, Part.Other _ -> {}
      }
    }
    if (!blocks.isEmpty()) {
      contentFor(messages, "assistant").addAll(blocks);
    }
  }

  private static void addThinking(ArrayNode blocks, String text, JsonNode options) {
    JsonNode signature = options.path("signature");
    JsonNode redacted = options.path("redactedData");
    if (signature.isString()) {
      blocks.addObject().put("type", "thinking").put("thinking", text).set("signature", signature);
    } else if (redacted.isString()) {
      blocks.addObject().put("type", "redacted_thinking").set("data", redacted);
    }
  }

  // The API takes an object only; what the model wrote instead goes back inside of one.
  private static void addToolUse(ArrayNode blocks, Part.ToolCall call) {
    ObjectNode block =
        blocks
            .addObject()
            .put("type", "tool_use")
            .put("id", id(call.toolCallId()))
            .put("name", call.toolName());
    if (call.input().isObject()) {
      block.set("input", call.input());
    } else {
      block.putObject("input").set("invalid_arguments", call.input());
    }
  }

  // Calls that another provider's model made earlier may have ids this API refuses.
  private static String id(String toolCallId) {
    return NO_ID_CHARACTER.matcher(toolCallId).replaceAll("_");
  }

  private ArrayNode tools() {
    ArrayNode tools = Json.array();
    for (ToolSpec tool : request.tools()) {
      tools
          .addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .set("input_schema", tool.inputSchema());
    }
    return tools;
  }

  // The API knows no penalties and no seed.
  private static void addOptions(ObjectNode body, ModelOptions options) {
    options.temperature().ifPresent(value -> body.put("temperature", value));
    options.topP().ifPresent(value -> body.put("top_p", value));
    options.topK().ifPresent(value -> body.put("top_k", value));
  }

  // The budget counts against max_tokens, which has to be the greater.
  private static void makeRoomForThinking(ObjectNode body) {
    int budget = Json.integer(body.path("thinking"), "budget_tokens").orElse(0);
    int maxTokens = Json.integer(body, "max_tokens").orElse(0);
    if (budget > 0 && budget >= maxTokens) {
      body.put("max_tokens", budget + maxTokens);
    }
  }
}
