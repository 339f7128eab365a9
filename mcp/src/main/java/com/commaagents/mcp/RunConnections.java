package com.commaagents.mcp;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.task.TaskScope;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.McpServers.Standing;
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

/// The MCP servers that one run is connected to. Thread-safe.
///
/// Limit: further servers than [#MAX_SERVERS] are refused.
final class RunConnections implements McpServers.Connections {
  static final int MAX_SERVERS = 32;

  private final Path directory;
  private final Connector connector;
  // Guarded by itself, which is not held while anything is waited for.
  private final SequencedMap<String, LiveServer> servers = new LinkedHashMap<>();
  private boolean closed;

  RunConnections(Path directory, Connector connector) {
    this.directory = directory;
    this.connector = connector;
  }

  @Override
  public void connect(SequencedMap<String, JsonNode> definitions) throws InterruptedException {
    List<LiveServer> replaced = new ArrayList<>();
    List<LiveServer> added = added(definitions, replaced);
    replaced.forEach(LiveServer::close);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (LiveServer server : added) {
      tasks.add(() -> {
        server.connect();
        return true;
      });
    }
    TaskScope.all("mcp", tasks);
  }

  private List<LiveServer> added(
      SequencedMap<String, JsonNode> definitions, List<LiveServer> replaced) {
    synchronized (servers) {
      SequencedMap<String, LiveServer> added = new LinkedHashMap<>();
      definitions.forEach((id, definition) -> {
        LiveServer present = servers.get(id);
        if (present == null || present.isOut()) {
          ServerDefinition checked = ServerDefinition.of(definition);
          added.put(id, new LiveServer(id, checked, directory, connector));
        }
      });
      long further = added.keySet().stream().filter(id -> !servers.containsKey(id)).count();
      if (servers.size() + further > MAX_SERVERS) {
        throw new Fault(
            FaultCode.LIMIT_EXCEEDED,
            "A run may use at most " + MAX_SERVERS + " MCP servers. Turn others off first.");
      }
      if (closed) {
        return List.of();
      }
      added.forEach(
          (id, server) -> Optional.ofNullable(servers.put(id, server)).ifPresent(replaced::add));
      return List.copyOf(added.values());
    }
  }

  @Override
  public void disconnect(String serverId) {
    Optional<LiveServer> server;
    synchronized (servers) {
      server = Optional.ofNullable(servers.remove(serverId));
    }
    server.ifPresent(LiveServer::close);
  }

  @Override
  public Map<String, Standing> standings() {
    Map<String, Standing> standings = new LinkedHashMap<>();
    all().forEach(server -> standings.put(server.id(), server.standing()));
    return standings;
  }

  @Override
  public List<Tool> of(String serverId) throws InterruptedException {
    // Named over all servers in their order, so that a name does not depend on who asks.
    ToolNames names = new ToolNames();
    List<Tool> asked = new ArrayList<>();
    for (LiveServer server : all()) {
      for (OfferedTool offered : server.tools()) {
        String name = names.name(server.id(), offered.name());
        if (server.id().equals(serverId)) {
          asked.add(new ServerTool(server, offered, name));
        }
      }
    }
    return asked;
  }

  @Override
  public void close() {
    synchronized (servers) {
      closed = true;
    }
    all().forEach(LiveServer::close);
  }

  private List<LiveServer> all() {
    synchronized (servers) {
      return List.copyOf(servers.values());
    }
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
