package com.commaagents.models.google;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.models.wire.Alternation;
import com.commaagents.models.wire.Prompts;
import com.commaagents.models.wire.ProviderOptions;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of one request.
///
/// Thoughts go back only with a signature, which belongs to the part it came with. Parts of a kind
/// we do not know are not sent.
final class GenerateRequest implements Alternation.Shape {
  /// In place of a signature for calls that another model made; a model that insists on signatures
  /// takes it, as Google documents.
  static final String NO_SIGNATURE = "skip_thought_signature_validator";

  /// Options with a place beside `generationConfig`; all others are within.
  private static final Set<String> TOP_OPTIONS =
      Set.of("safetySettings", "cachedContent", "toolConfig", "labels", "generationConfig");

  private final GenerateFormat format;
  private final ModelRequest request;

  GenerateRequest(GenerateFormat format, ModelRequest request) {
    this.format = format;
    this.request = request;
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    boolean enforced = request.tools().isEmpty() || format.isThirdGeneration();
    String system = enforced ? request.system().orElse("") : Prompts.systemWithSchema(request);
    if (!system.isBlank()) {
      body.putObject("systemInstruction").putArray("parts").add(text(system));
    }
    body.set("contents", contents());
    if (!request.tools().isEmpty()) {
      body.putArray("tools").addObject().set("functionDeclarations", tools());
    }
    ObjectNode config = Json.object();
    addOptions(config, request.options());
    if (enforced) {
      request
          .outputSchema()
          .ifPresent(schema ->
              config.put("responseMimeType", "application/json").set("responseJsonSchema", schema));
    }
    addProviderOptions("google", config, body);
    addProviderOptions(format.providerId(), config, body);
    if (!config.isEmpty()) {
      body.set("generationConfig", config);
    }
    return body;
  }

  @Override
  public String assistantRole() {
    return "model";
  }

  @Override
  public String contentField() {
    return "parts";
  }

  @Override
  public ObjectNode text(String text) {
    return Json.object().put("text", text);
  }

  @Override
  public Optional<ObjectNode> block(Part part) {
    return switch (part) {
      case Part.Text(var text, var _) ->
          text.isEmpty() ? Optional.empty() : Optional.of(text(text));
      case Part.Reasoning(var text, var options, var _) -> thought(text, signature(options));
      case Part.ToolCall call -> Optional.of(call(call));
      case Part.ToolResult result -> Optional.of(result(result));
      case Part.Other _ -> Optional.empty();
    };
  }

  private ArrayNode contents() {
    ArrayNode contents = Alternation.of(request.messages(), this);
    if (format.isThirdGeneration()) {
      contents.forEach(GenerateRequest::addMissingSignature);
    }
    return contents;
  }

  // Of calls made at once the first carries the signature.
  private static void addMissingSignature(JsonNode content) {
    for (JsonNode part : content.path("parts")) {
      if (part.has("functionCall") && part instanceof ObjectNode first) {
        if (!first.has("thoughtSignature")) {
          first.put("thoughtSignature", NO_SIGNATURE);
        }
        return;
      }
    }
  }

  private static JsonNode signature(JsonNode options) {
    return options.path("google").path("thoughtSignature");
  }

  // Without words it is the signature of the text before.
  private Optional<ObjectNode> thought(String text, JsonNode signature) {
    if (!signature.isString()) {
      return Optional.empty();
    }
    ObjectNode part = text(text);
    if (!text.isEmpty()) {
      part.put("thought", true);
    }
    part.set("thoughtSignature", signature);
    return Optional.of(part);
  }

  private static ObjectNode call(Part.ToolCall call) {
    ObjectNode part = Json.object();
    ObjectNode function = part.putObject("functionCall");
    function.put("id", call.toolCallId()).put("name", call.toolName());
    function.set("args", Prompts.argumentsObject(call));
    JsonNode signature = signature(call.providerOptions());
    if (signature.isString()) {
      part.set("thoughtSignature", signature);
    }
    return part;
  }

  private static ObjectNode result(Part.ToolResult result) {
    ObjectNode part = Json.object();
    ObjectNode response = part.putObject("functionResponse");
    response.put("id", result.toolCallId()).put("name", result.toolName());
    response
        .putObject("response")
        .put(Prompts.isError(result) ? "error" : "output", Prompts.toolResult(result));
    return part;
  }

  private ArrayNode tools() {
    ArrayNode tools = Json.array();
    for (ToolSpec tool : request.tools()) {
      tools
          .addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .set("parametersJsonSchema", tool.inputSchema());
    }
    return tools;
  }

  private static void addOptions(ObjectNode config, ModelOptions options) {
    options.temperature().ifPresent(value -> config.put("temperature", value));
    options.topP().ifPresent(value -> config.put("topP", value));
    options.topK().ifPresent(value -> config.put("topK", value));
    options.maxOutputTokens().ifPresent(value -> config.put("maxOutputTokens", value));
    options.frequencyPenalty().ifPresent(value -> config.put("frequencyPenalty", value));
    options.presencePenalty().ifPresent(value -> config.put("presencePenalty", value));
    options.seed().ifPresent(value -> config.put("seed", value));
  }

  private void addProviderOptions(String provider, ObjectNode config, ObjectNode body) {
    ProviderOptions.of(request.providerOptions(), provider)
        .forEachEntry((name, value) -> {
          if (name.equals("generationConfig") && value instanceof ObjectNode inner) {
            ProviderOptions.mergeDeep(inner, config);
          } else {
            (TOP_OPTIONS.contains(name) ? body : config).set(name, value);
          }
        });
  }
}
