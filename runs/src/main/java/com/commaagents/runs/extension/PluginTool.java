package com.commaagents.runs.extension;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.plugin.ToolType;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A tool of a plug-in in one run.
public record PluginTool(ToolType type, Path workingDirectory) implements Tool {
  @Override
  public ToolSpec spec() {
    return type.spec();
  }

  @Override
  public String call(JsonNode arguments, ToolCallContext call) throws InterruptedException {
    return type.call(
        arguments, new ToolType.Call(call.agentName(), call.toolCallId(), workingDirectory));
  }
}
