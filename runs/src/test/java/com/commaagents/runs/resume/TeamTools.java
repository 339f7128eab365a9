package com.commaagents.runs.resume;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// A tool that may be called again when nobody knows how it ended, and one that may not. Both say
/// that they work.
final class TeamTools implements ToolRegistry {
  private final Set<String> names;
  final AtomicInteger safe = new AtomicInteger();
  final AtomicInteger unsafe = new AtomicInteger();

  private TeamTools(Set<String> names) {
    this.names = names;
  }

  /// @param names which of the two are there
  static TeamTools of(String... names) {
    return new TeamTools(Set.of(names));
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public ToolSession open(ToolScope scope) {
    return new ToolSession() {
      @Override
      public Tool tool(String name) {
        return new CountingTool(name, name.equals("safe") ? safe : unsafe);
      }

      @Override
      public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
        return false;
      }

      @Override
      public ToolSession forLaunched(ToolScope inside) {
        return this;
      }

      @Override
      public void close() {}
    };
  }

  private record CountingTool(String name, AtomicInteger count) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(name, name, Json.object().put("type", "object"), name.equals("safe"));
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) {
      count.incrementAndGet();
      context.live().tell(ToolOutput.Stream.STDOUT, name + " works");
      return name + " did it";
    }
  }
}
