package com.commaagents.engine.fakes;

import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The tools a test has put in.
public final class FakeTools implements ToolSession {
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  public void put(Tool tool) {
    tools.put(tool.spec().name(), tool);
  }

  @Override
  public Tool tool(String name) {
    return Objects.requireNonNull(tools.get(name));
  }

  @Override
  public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
    return false;
  }

  @Override
  public ToolSession forLaunched(ToolScope scope) {
    return this;
  }

  @Override
  public void close() {}
}
