package com.commaagents.models.bedrock;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.wire.Alternation;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request; the model is in the address.
///
/// The API takes no blank text, so that is left out. Thinking goes back only with the signature it
/// came with. Parts of a kind we do not know are not sent.
final class ConverseRequest implements Alternation.Shape {
  private static final Pattern NO_ID_CHARACTER = Pattern.compile("[^A-Za-z0-9_-]");

  /// What only some models understand goes through to them under this name.
  private static final String MODEL_FIELDS = "additionalModelRequestFields";

  private final ConverseFormat format;
  private final ModelRequest request;

  ConverseRequest(ConverseFormat format, ModelRequest request) {
    this.format = format;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.set("messages", Alternation.of(request.messages(), this));
    addOptions(body, request.options());
    addProviderOptions(body);
    if (ClaudeModels.bindThinking(format.model())) {
      ObjectNode fields = body.withObject(MODEL_FIELDS);
      ClaudeModels.unbindThinking(fields);
      fields.withArray("anthropic_beta").add(ClaudeModels.BINDING_BETA);
    }
    Optional<JsonNode> schema = format.schema(request);
    schema.ifPresent(closed -> body.withObject("outputConfig").set("textFormat", answer(closed)));
    boolean byTool = format.answersByTool(request);
    boolean forced = byTool && !thinks(body);
    addTools(body, byTool ? AnswerTool.tools(request) : tools(), forced);
    boolean enforced = schema.isPresent() || forced;
    String system = enforced ? request.system().orElse("") : Prompts.systemWithSchema(request);
    if (!system.isBlank()) {
      body.putArray("system").add(text(system));
    }
    return body;
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
    return Json.object().put("text", text);
  }

  @Override
  public Optional<ObjectNode> block(Part part) {
    return switch (part) {
      case Part.Text(var text, var _) ->
          text.isBlank() ? Optional.empty() : Optional.of(text(text));
      case Part.Reasoning(var text, var options, var _) -> thinking(text, options.path("bedrock"));
      case Part.ToolCall call -> Optional.of(toolUse(call));
      case Part.ToolResult result -> Optional.of(toolResult(result));
      case Part.Other _ -> Optional.empty();
    };
  }

  private static Optional<ObjectNode> thinking(String text, JsonNode options) {
    JsonNode signature = options.path("signature");
    JsonNode redacted = options.path("redactedData");
    ObjectNode block = Json.object();
    ObjectNode content = block.putObject("reasoningContent");
    if (signature.isString()) {
      content.putObject("reasoningText").put("text", text).set("signature", signature);
      return Optional.of(block);
    }
    if (redacted.isString()) {
      content.set("redactedContent", redacted);
      return Optional.of(block);
    }
    return Optional.empty();
  }

  private static ObjectNode toolUse(Part.ToolCall call) {
    ObjectNode block = Json.object();
    block
        .putObject("toolUse")
        .put("toolUseId", id(call.toolCallId()))
        .put("name", call.toolName())
        .set("input", Prompts.argumentsObject(call));
    return block;
  }

  private ObjectNode toolResult(Part.ToolResult result) {
    ObjectNode block = Json.object();
    ObjectNode sent = block.putObject("toolResult").put("toolUseId", id(result.toolCallId()));
    sent.putArray("content").addObject().put("text", Prompts.toolResult(result));
    // Other models refuse to be told.
    if (format.isClaude() || format.isNova()) {
      sent.put("status", Prompts.isError(result) ? "error" : "success");
    }
    return block;
  }

  private static String id(String toolCallId) {
    return NO_ID_CHARACTER.matcher(toolCallId).replaceAll("_");
  }

  // The API knows no penalties and no seed.
  private void addOptions(ObjectNode body, ModelOptions options) {
    ObjectNode config = Json.object();
    options.maxOutputTokens().ifPresent(value -> config.put("maxTokens", value));
    options.temperature().ifPresent(value -> config.put("temperature", value));
    options.topP().ifPresent(value -> config.put("topP", value));
    if (!config.isEmpty()) {
      body.set("inferenceConfig", config);
    }
    if (options.topK().isPresent()) {
      ObjectNode fields = body.withObject(MODEL_FIELDS);
      if (format.isNova()) {
        fields.putObject("inferenceConfig").put("topK", options.topK().getAsInt());
      } else {
        fields.put("top_k", options.topK().getAsInt());
      }
    }
  }

  private void addProviderOptions(ObjectNode body) {
    ObjectNode options = ProviderOptions.of(request.providerOptions(), "bedrock");
    if (options.remove("reasoningConfig") instanceof ObjectNode reasoning) {
      addReasoning(body.withObject(MODEL_FIELDS), reasoning);
    }
    ProviderOptions.mergeDeep(options, body);
  }

  // Nova has it so; Claude under its own names.
  private void addReasoning(ObjectNode fields, ObjectNode reasoning) {
    if (format.isNova()) {
      fields.set("reasoningConfig", reasoning);
      return;
    }
    ObjectNode thinking = fields.putObject("thinking");
    thinking.set("type", reasoning.path("type"));
    Json.integer(reasoning, "budgetTokens")
        .ifPresent(budget -> thinking.put("budget_tokens", budget));
    Json.text(reasoning, "display").ifPresent(display -> thinking.put("display", display));
    Json.text(reasoning, "maxReasoningEffort")
        .ifPresent(effort -> fields.withObject("output_config").put("effort", effort));
  }

  private static ObjectNode answer(JsonNode schema) {
    ObjectNode answer = Json.object().put("type", "json_schema");
    answer
        .putObject("structure")
        .putObject("jsonSchema")
        .put("schema", Json.write(schema))
        .put("name", "answer");
    return answer;
  }

  private boolean thinks(ObjectNode body) {
    JsonNode fields = body.path(MODEL_FIELDS);
    String untold = ClaudeModels.mayThinkUntold(format.model()) ? "adaptive" : "disabled";
    JsonNode thinking = fields.path(format.isNova() ? "reasoningConfig" : "thinking");
    return !thinking.path("type").stringValue(untold).equals("disabled");
  }

  // The API wants tools declared that the conversation has calls of, even if there are none now.
  private List<ToolSpec> tools() {
    if (!request.tools().isEmpty()) {
      return request.tools();
    }
    Set<String> called = new LinkedHashSet<>();
    for (Message message : request.messages()) {
      for (Part part : message.content().asParts()) {
        if (part instanceof Part.ToolCall call) {
          called.add(call.toolName());
        }
      }
    }
    return called.stream()
        .map(name ->
            new ToolSpec(
                name,
                "Was called before and is not at hand any more: do not call it.",
                Json.object().put("type", "object"),
                true))
        .toList();
  }

  private static void addTools(ObjectNode body, List<ToolSpec> tools, boolean forced) {
    if (tools.isEmpty()) {
      return;
    }
    ObjectNode config = body.withObject("toolConfig");
    ArrayNode sent = config.putArray("tools");
    for (ToolSpec tool : tools) {
      ObjectNode spec = sent.addObject().putObject("toolSpec");
      spec.put("name", tool.name()).put("description", tool.description());
      spec.putObject("inputSchema").set("json", tool.inputSchema());
    }
    if (forced && !config.has("toolChoice")) {
      config.putObject("toolChoice").putObject("any");
    }
  }
}
