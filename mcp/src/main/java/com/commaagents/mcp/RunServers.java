package com.commaagents.mcp;

import com.commaagents.base.task.TaskScope;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.mcp.connection.Connector;
import com.commaagents.mcp.connection.OfferedTool;
import com.commaagents.mcp.definition.ServerDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/// The MCP servers of one run, connected all at once when it is prepared and closed with it.
/// Thread-safe.
///
/// Limit: further servers than [#MAX_SERVERS] are refused.
public final class RunServers implements AutoCloseable {
  static final int MAX_SERVERS = 32;

  private final Map<String, LiveServer> servers = new LinkedHashMap<>();

  private RunServers(
      SequencedMap<String, ServerDefinition> definitions, Path directory, Connector connector) {
    definitions.forEach(
        (id, definition) -> servers.put(id, new LiveServer(id, definition, directory, connector)));
  }

  /// How a server stands.
  ///
  /// @param error why it is not connected; empty when it is
  public record Standing(String serverId, int toolCount, Optional<String> error) {}

  /// Connects to all servers. One that cannot be reached fails nothing: it has no tools and says
  /// why.
  ///
  /// @param directory absolute; where programs run that name no other
  public static RunServers connect(
      SequencedMap<String, ServerDefinition> definitions, Path directory, Connector connector)
      throws InterruptedException {
    if (definitions.size() > MAX_SERVERS) {
      throw new IllegalArgumentException("more than " + MAX_SERVERS + " MCP servers");
    }
    RunServers all = new RunServers(definitions, directory, connector);
    boolean complete = false;
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (LiveServer server : all.servers.values()) {
        tasks.add(() -> {
          server.connect();
          return true;
        });
      }
      TaskScope.all("mcp", tasks);
      complete = true;
      return all;
    } finally {
      if (!complete) {
        all.close();
      }
    }
  }

  public List<Standing> standings() throws InterruptedException {
    List<Standing> standings = new ArrayList<>();
    for (LiveServer server : servers.values()) {
      standings.add(new Standing(server.id(), server.tools().size(), server.error()));
    }
    return standings;
  }

  /// The tools of a server under the names that models see; none of a server the run has not.
  public List<Tool> tools(String serverId) throws InterruptedException {
    // Named over all servers in their order, so that a name does not depend on who asks.
    ToolNames names = new ToolNames();
    List<Tool> asked = new ArrayList<>();
    for (LiveServer server : servers.values()) {
      for (OfferedTool offered : server.tools()) {
        String name = names.name(server.id(), offered.name());
        if (server.id().equals(serverId)) {
          asked.add(new ServerTool(server, offered, name));
        }
      }
    }
    return asked;
  }

  /// Ends every connection and every program.
  @Override
  public void close() {
    servers.values().forEach(LiveServer::close);
  }

  private record ServerTool(LiveServer server, OfferedTool offered, String name) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(name, offered.description(), offered.inputSchema(), offered.idempotent());
    }

    @Override
    public Optional<McpOrigin> origin() {
      return Optional.of(new McpOrigin(server.id(), offered.name()));
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
      return server.call(offered.name(), arguments);
    }
  }
}
