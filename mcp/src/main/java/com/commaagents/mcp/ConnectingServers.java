package com.commaagents.mcp;

import com.commaagents.engine.tool.McpServers;
import com.commaagents.mcp.connection.Connector;
import com.commaagents.mcp.program.Programs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// MCP servers over stdio, streamable HTTP and SSE. Thread-safe.
public final class ConnectingServers implements McpServers {
  private final Connector connector;

  /// @param environment the daemon's variables, for values that refer to one; read when connecting
  public ConnectingServers(Programs programs, Function<String, Optional<String>> environment) {
    this.connector = new Connector(programs, environment);
  }

  @Override
  public Connections open(Path directory) {
    return new RunConnections(directory, connector);
  }
}
