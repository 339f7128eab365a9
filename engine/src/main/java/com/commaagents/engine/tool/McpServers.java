package com.commaagents.engine.tool;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Port: connects to MCP servers. Thread-safe.
@FunctionalInterface
public interface McpServers {
  /// Of a program that was set up without: every server is out of reach, and says why.
  McpServers NONE = _ -> new UnreachableServers();

  /// The connections of one run, none at first. Nothing is started or reached by that.
  ///
  /// @param directory absolute; where the programs of servers run that name no other place
  Connections open(Path directory);

  /// The connections of one run. Thread-safe; closed once, with the run.
  interface Connections extends AutoCloseable, ServerTools {
    /// Connects to further servers, all at the same time. One that cannot be reached fails nothing:
    /// it has no tools, and its standing says why. Those that are connected stay as they are; those
    /// that are out of reach are tried again.
    ///
    /// @param definitions by id, checked when their files were read
    /// @throws com.commaagents.base.fault.Fault `LIMIT_EXCEEDED` when they would be too many
    void connect(SequencedMap<String, JsonNode> definitions) throws InterruptedException;

    /// Ends the connection to a server, and its program. One that is not there: no effect.
    void disconnect(String serverId);

    /// How the servers stand that were to be connected. Waits for nothing.
    Map<String, Standing> standings();

    /// Ends every connection and every program.
    @Override
    void close();
  }

  /// How a server stands.
  ///
  /// @param toolCount how many tools it offers; 0 when it is not connected
  /// @param error why it is not connected; empty when it is. Shows no secret
  record Standing(int toolCount, Optional<String> error) {}
}
