package com.commaagents.tools.call;

import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;

/// What a tool does; its failures become text elsewhere.
@FunctionalInterface
public interface Action {
  /// Does it and returns what the model is told.
  String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException;
}
