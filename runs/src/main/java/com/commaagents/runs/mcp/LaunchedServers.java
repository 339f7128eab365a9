package com.commaagents.runs.mcp;

import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.ServerTools;
import com.commaagents.engine.tool.Tool;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The MCP servers of a launched strategy: its own, connected for it alone, and those of the run.
/// Thread-safe.
public final class LaunchedServers implements ServerTools, AutoCloseable {
  private final McpServers.Connections connections;
  private final Set<String> own;
  private final ServerTools shared;

  private LaunchedServers(McpServers.Connections connections, Set<String> own, ServerTools shared) {
    this.connections = connections;
    this.own = Set.copyOf(own);
    this.shared = shared;
  }

  static LaunchedServers connect(
      McpServers.Connections connections, SequencedMap<String, JsonNode> own, ServerTools shared)
      throws InterruptedException {
    LaunchedServers servers = new LaunchedServers(connections, own.keySet(), shared);
    boolean connected = false;
    try {
      if (!own.isEmpty()) {
        connections.connect(own);
      }
      connected = true;
      return servers;
    } finally {
      if (!connected) {
        servers.close();
      }
    }
  }

  @Override
  public List<Tool> of(String serverId) throws InterruptedException {
    return own.contains(serverId) ? connections.of(serverId) : shared.of(serverId);
  }

  /// Ends the connections that are its own.
  @Override
  public void close() {
    connections.close();
  }
}
