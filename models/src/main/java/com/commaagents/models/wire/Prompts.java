package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import tools.jackson.databind.JsonNode;

/// Texts that requests to several providers share.
public final class Prompts {
  private Prompts() {}

  /// What a model is told of a tool's result: a text as it is, anything else as JSON.
  public static String toolResult(Part.ToolResult result) {
    JsonNode output = result.output();
    return output.isString() ? output.stringValue() : Json.write(output);
  }

  /// Whether a tool could not be run.
  public static boolean isError(Part.ToolResult result) {
    return switch (result.outputKind()) {
      case TEXT, JSON -> false;
      case ERROR_TEXT, ERROR_JSON -> true;
    };
  }

  /// The arguments of a call for an API that takes text: a string is what the model wrote when it
  /// wrote no JSON, and it gets that back.
  public static String argumentsText(Part.ToolCall call) {
    JsonNode input = call.input();
    return input.isString() ? input.stringValue() : Json.write(input);
  }

  /// The arguments of a call for an API that takes an object only: what the model wrote instead
  /// goes back inside of one.
  public static JsonNode argumentsObject(Part.ToolCall call) {
    return call.input().isObject()
        ? call.input()
        : Json.object().set("invalid_arguments", call.input());
  }

  /// The system prompt for a provider that enforces no schema: the agent's own, then the schema.
  public static String systemWithSchema(ModelRequest request) {
    String system = request.system().orElse("");
    if (request.outputSchema().isEmpty()) {
      return system;
    }
    String schema =
        "Your final answer must be one JSON value and nothing else: no explanation around it and no"
            + " code fence. It must satisfy this JSON Schema:\n"
            + Json.write(request.outputSchema().get());
    return system.isEmpty() ? schema : system + "\n\n" + schema;
  }
}
