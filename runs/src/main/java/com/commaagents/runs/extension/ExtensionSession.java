package com.commaagents.runs.extension;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.plugin.ToolType;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The tools of a run with those of plug-ins beside them.
public final class ExtensionSession implements ToolSession {
  private final ToolSession tools;
  private final ToolScope scope;
  private final Map<String, ToolType> added;

  /// @param tools all others; closed with this session
  /// @param scope that of `tools`
  /// @param added by their names, of which `tools` has none
  public ExtensionSession(ToolSession tools, ToolScope scope, Map<String, ToolType> added) {
    this.tools = tools;
    this.scope = scope;
    this.added = Map.copyOf(added);
  }

  @Override
  public Tool tool(String name) {
    ToolType type = added.get(name);
    return type == null ? tools.tool(name) : new AddedTool(type);
  }

  @Override
  public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
    return tools.updatePolicy(patch, toolName);
  }

  @Override
  public ToolSession forLaunched(ToolScope inside) {
    return new ExtensionSession(tools.forLaunched(inside), inside, added);
  }

  @Override
  public void close() {
    tools.close();
  }

  private final class AddedTool implements Tool {
    private final ToolType type;

    AddedTool(ToolType type) {
      this.type = type;
    }

    @Override
    public ToolSpec spec() {
      return type.spec();
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) throws InterruptedException {
      return type.call(
          arguments,
          new ToolType.Call(call.agentName(), call.toolCallId(), scope.workingDirectory()));
    }
  }
}
