package com.commaagents.runs.extension;

import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tools of a run with further ones beside them.
public final class AddedTools implements ToolSession {
  private final ToolSession tools;
  private final Function<ToolScope, Map<String, Tool>> adding;
  private final Map<String, Tool> added;

  /// @param tools all others, none of which has a name of those that are added; closed with this
  ///   session
  /// @param scope that of `tools`
  /// @param adding the further tools of a scope, by their names; they hold nothing that is closed
  public AddedTools(
      ToolSession tools, ToolScope scope, Function<ToolScope, Map<String, Tool>> adding) {
    this.tools = tools;
    this.adding = adding;
    this.added = Map.copyOf(adding.apply(scope));
  }

  @Override
  public Tool tool(String name) {
    Tool further = added.get(name);
    return further == null ? tools.tool(name) : further;
  }

  @Override
  public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
    return tools.updatePolicy(patch, toolName);
  }

  @Override
  public ToolSession forLaunched(ToolScope scope) {
    return new AddedTools(tools.forLaunched(scope), scope, adding);
  }

  @Override
  public void close() {
    tools.close();
  }
}
