package com.commaagents.engine.tool;

import java.util.List;

/// The tools that the MCP servers of a run offer. Thread-safe.
@FunctionalInterface
public interface ServerTools {
  /// Of a run without servers.
  ServerTools NONE = _ -> List.of();

  /// What a server offers at this moment, under the names that models see; nothing of a server that
  /// is off or out of reach.
  ///
  /// @param serverId what an agent's `mcpServers` may hold
  List<Tool> of(String serverId) throws InterruptedException;
}
