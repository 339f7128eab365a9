package com.commaagents.models.wire;

import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A tool whose arguments are the answer: how a schema reaches models that know schemas of tools
/// only. What such a model gives the tool is handed on as its text.
///
/// Only a schema of type `object` can be that of a tool; another one is told in words.
public final class AnswerTool {
  public static final String NAME = "give_final_answer";

  private AnswerTool() {}

  /// Whether a request's schema can be told by the tool.
  public static boolean fits(ModelRequest request) {
    return request.outputSchema().isPresent()
        && request.outputSchema().get().path("type").stringValue("").equals("object");
  }

  /// The request's tools, and this one where its schema can be told so.
  public static List<ToolSpec> tools(ModelRequest request) {
    Optional<JsonNode> schema = request.outputSchema().filter(_ -> fits(request));
    if (schema.isEmpty()) {
      return request.tools();
    }
    List<ToolSpec> tools = new ArrayList<>(request.tools());
    tools.add(
        new ToolSpec(
            NAME,
            "Gives the final answer. Call it once, when everything else is done, in place of"
                + " writing the answer as text.",
            schema.get(),
            true));
    return List.copyOf(tools);
  }
}
