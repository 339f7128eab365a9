package com.commaagents.mcp;

import com.commaagents.engine.tool.McpServers;
import com.commaagents.mcp.connection.Connector;
import com.commaagents.mcp.program.Programs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// MCP servers over stdio, streamable HTTP and SSE. Thread-safe.
public final class ConnectingServers implements McpServers {
  private final Programs programs;
  private final Function<String, Optional<String>> environment;
  // Made with the first server: what it stands on takes time and memory to load.
  private @Nullable Connector connector;

  /// @param environment the daemon's variables, for values that refer to one; read when connecting
  public ConnectingServers(Programs programs, Function<String, Optional<String>> environment) {
    this.programs = programs;
    this.environment = environment;
  }

  @Override
  public Connections open(Path directory) {
    return new RunConnections(directory, this::connector);
  }

  private synchronized Connector connector() {
    Connector made = connector;
    if (made == null) {
      made = new Connector(programs, environment);
      connector = made;
    }
    return made;
  }
}
