package com.commaagents.runs.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// MCP servers that each offer one tool, `say`. Of those whose definition says `far`, none can be
/// reached.
public final class FakeServers implements McpServers {
  private final List<String> connected = new ArrayList<>();

  /// The ids of the servers that are connected, over all runs.
  public synchronized List<String> connected() {
    return List.copyOf(connected);
  }

  @Override
  public Connections open(Path directory) {
    return new FakeConnections();
  }

  private synchronized void add(String id) {
    connected.add(id);
  }

  private synchronized void remove(String id) {
    connected.remove(id);
  }

  private final class FakeConnections implements Connections {
    private final Map<String, Standing> standings = new LinkedHashMap<>();

    @Override
    public synchronized void connect(SequencedMap<String, JsonNode> definitions) {
      definitions.forEach((id, definition) -> {
        boolean reached = !definition.toString().contains("far");
        if (!standings.containsKey(id) && reached) {
          add(id);
        }
        standings.put(
            id, reached ? new Standing(1, Optional.empty()) : new Standing(0, Optional.of("far")));
      });
    }

    @Override
    public synchronized void disconnect(String serverId) {
      Optional.ofNullable(standings.remove(serverId)).ifPresent(_ -> remove(serverId));
    }

    @Override
    public synchronized Map<String, Standing> standings() {
      return Map.copyOf(standings);
    }

    @Override
    public synchronized List<Tool> of(String serverId) {
      return Optional.ofNullable(standings.get(serverId))
          .filter(standing -> standing.error().isEmpty())
          .map(_ -> List.<Tool>of(new Say(serverId)))
          .orElse(List.of());
    }

    @Override
    public synchronized void close() {
      List.copyOf(standings.keySet()).forEach(this::disconnect);
    }
  }

  private record Say(String serverId) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          "mcp__" + serverId + "__say", "Says.", Json.object().put("type", "object"), true);
    }

    @Override
    public Optional<McpOrigin> origin() {
      return Optional.of(new McpOrigin(serverId, "say"));
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) {
      return serverId + " speaking";
    }
  }
}
