package com.commaagents.models.anthropic;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.wire.Alternation;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// The API takes no blank text, so that is left out. Thinking goes back only with the signature it
/// came with. Parts of a kind we do not know are not sent.
///
/// A schema of the answer that a model enforces goes as it is. Any other goes as [AnswerTool],
/// which a model has to obey: one that thinks may not be forced to call a tool, and is told in
/// words besides.
final class MessagesRequest implements Alternation.Shape {
  /// Of the newest models' limits the lowest.
  private static final int MAX_TOKENS = 32_000;

  /// What models of other makers behind this API take for sure.
  private static final int MAX_TOKENS_OTHERS = 8_192;

  private static final Pattern NO_ID_CHARACTER = Pattern.compile("[^A-Za-z0-9_-]");

  private final MessagesFormat format;
  private final String model;
  private final ModelRequest request;

  MessagesRequest(MessagesFormat format, ModelRequest request) {
    this.format = format;
    this.model = format.model();
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("model", model);
    body.put("max_tokens", request.options().maxOutputTokens().orElseGet(this::defaultMaxTokens));
    body.set("messages", Alternation.of(request.messages(), this));
    addOptions(body, request.options());
    body.put("stream", true);
    ProviderOptions.merge(request.providerOptions(), "anthropic", body);
    moveEffort(body);
    makeRoomForThinking(body);
    if (ClaudeModels.bindThinking(model)) {
      ClaudeModels.unbindThinking(body);
    }
    addAnswer(body);
    return body;
  }

  // The schema of the answer, the tools, and what the system prompt says of either.
  private void addAnswer(ObjectNode body) {
    Optional<JsonNode> schema = format.schema(request);
    schema.ifPresent(closed ->
        body.withObject("output_config")
            .putObject("format")
            .put("type", "json_schema")
            .set("schema", closed));
    boolean byTool = format.answersByTool(request);
    boolean forced = byTool && !thinks(body);
    addTools(body, byTool ? AnswerTool.tools(request) : request.tools(), forced);
    boolean enforced = schema.isPresent() || forced;
    String system = enforced ? request.system().orElse("") : Prompts.systemWithSchema(request);
    if (!system.isBlank() && !body.has("system")) {
      body.put("system", system);
    }
  }

  @Override
  public String assistantRole() {
    return "assistant";
  }

  @Override
  public String contentField() {
    return "content";
  }

  @Override
  public ObjectNode text(String text) {
    return block("text").put("text", text);
  }

  @Override
  public Optional<ObjectNode> block(Part part) {
    return switch (part) {
      case Part.Text(var text, var _) ->
          text.isBlank() ? Optional.empty() : Optional.of(text(text));
      case Part.Reasoning(var text, var options, var _) ->
          thinking(text, options.path("anthropic"));
      case Part.ToolCall call -> Optional.of(toolUse(call));
      case Part.ToolResult result -> Optional.of(toolResult(result));
      case Part.Other _ -> Optional.empty();
    };
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

  private static ObjectNode block(String type) {
    return Json.object().put("type", type);
  }

  private static Optional<ObjectNode> thinking(String text, JsonNode options) {
    JsonNode signature = options.path("signature");
    JsonNode redacted = options.path("redactedData");
    if (signature.isString()) {
      ObjectNode thinking = block("thinking").put("thinking", text);
      thinking.set("signature", signature);
      return Optional.of(thinking);
    }
    if (redacted.isString()) {
      ObjectNode thinking = block("redacted_thinking");
      thinking.set("data", redacted);
      return Optional.of(thinking);
    }
    return Optional.empty();
  }

  private static ObjectNode toolUse(Part.ToolCall call) {
    ObjectNode block =
        block("tool_use").put("id", id(call.toolCallId())).put("name", call.toolName());
    block.set("input", Prompts.argumentsObject(call));
    return block;
  }

  private static ObjectNode toolResult(Part.ToolResult result) {
    ObjectNode block =
        block("tool_result")
            .put("tool_use_id", id(result.toolCallId()))
            .put("content", Prompts.toolResult(result));
    if (Prompts.isError(result)) {
      block.put("is_error", true);
    }
    return block;
  }

  // Calls that another provider's model made earlier may have ids this API refuses.
  private static String id(String toolCallId) {
    return NO_ID_CHARACTER.matcher(toolCallId).replaceAll("_");
  }

  private static void addTools(ObjectNode body, List<ToolSpec> tools, boolean forced) {
    if (tools.isEmpty()) {
      return;
    }
    ArrayNode sent = body.putArray("tools");
    for (ToolSpec tool : tools) {
      sent.addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .set("input_schema", tool.inputSchema());
    }
    if (forced && !body.has("tool_choice")) {
      body.putObject("tool_choice").put("type", "any");
    }
  }

  private boolean thinks(ObjectNode body) {
    String untold = ClaudeModels.mayThinkUntold(model) ? "adaptive" : "disabled";
    return !body.path("thinking").path("type").stringValue(untold).equals("disabled");
  }

  // The AI SDK's name for it.
  private static void moveEffort(ObjectNode body) {
    JsonNode effort = body.remove("effort");
    if (effort != null) {
      body.withObject("output_config").set("effort", effort);
    }
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
