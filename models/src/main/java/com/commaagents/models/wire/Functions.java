package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ToolSpec;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools as chat completions writes them, and others after it: `{type: function, function: {…}}`.
public final class Functions {
  private Functions() {}

  public static ArrayNode of(List<ToolSpec> tools) {
    ArrayNode functions = Json.array();
    for (ToolSpec tool : tools) {
      ObjectNode function = functions.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name()).put("description", tool.description());
      function.set("parameters", tool.inputSchema());
    }
    return functions;
  }
}
