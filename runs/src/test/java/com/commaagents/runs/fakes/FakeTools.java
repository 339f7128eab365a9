package com.commaagents.runs.fakes;

import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// No tools; counts the sessions that are open.
public final class FakeTools implements ToolRegistry {
  public final AtomicInteger open = new AtomicInteger();

  @Override
  public Set<String> names() {
    return Set.of();
  }

  @Override
  public ToolSession open(ToolScope scope) {
    open.incrementAndGet();
    return new ToolSession() {
      @Override
      public Tool tool(String name) {
        throw new IllegalArgumentException("no tool " + name);
      }

      @Override
      public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
        return toolName.isEmpty();
      }

      @Override
      public ToolSession forLaunched(ToolScope scope) {
        return FakeTools.this.open(scope);
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
