package com.commaagents.engine.tool;

import com.commaagents.engine.tool.McpServers.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Connects to nothing.
final class UnreachableServers implements McpServers.Connections {
  private static final Standing STANDING =
      new Standing(0, Optional.of("This program was set up without MCP servers."));

  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

  @Override
  public void connect(SequencedMap<String, JsonNode> definitions) {
    definitions.keySet().forEach(id -> standings.put(id, STANDING));
  }

  @Override
  public void disconnect(String serverId) {
    standings.remove(serverId);
  }

  @Override
  public Map<String, Standing> standings() {
    return Map.copyOf(standings);
  }

  @Override
  public List<Tool> of(String serverId) {
    return List.of();
  }

  @Override
  public void close() {}
}
