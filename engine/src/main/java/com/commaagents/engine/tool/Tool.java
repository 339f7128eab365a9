package com.commaagents.engine.tool;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Port: something a model can call. Used by several threads at once.
public interface Tool {
  ToolSpec spec();

  /// The MCP server the tool comes from; empty for all others.
  default Optional<McpOrigin> origin() {
    return Optional.empty();
  }

  /// Runs one call and returns what the model is told. Arguments have been validated against the
  /// schema. An interruption ends it at once, with everything it started.
  ///
  /// A failure the model can act on (a missing file, an exit code) is an output that says so and
  /// tells the next action. An exception becomes an error result for the model, never a failed run.
  String call(JsonNode arguments, ToolCallContext context) throws InterruptedException;
}
