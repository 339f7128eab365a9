package com.commaagents.runs;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.definition.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An MCP server that a run's agents may name. None is connected yet: clients are told so, and the
/// agents it is assigned to get no tool of it.
///
/// @param source `global`, `workspace` or `strategy`: whose file defines it
/// @param transport `stdio`, `http` or `sse`
/// @param assignedAgents in file order
public record DeclaredMcpServer(
    String id,
    String source,
    String transport,
    boolean enabledByDefault,
    List<String> assignedAgents) {
  /// Why it is not connected.
  public static final String ERROR = "MCP servers are not supported by this version yet.";

  public DeclaredMcpServer {
    assignedAgents = List.copyOf(assignedAgents);
  }

  /// A strategy's own servers and those of `elsewhere`; its own count where both have one.
  static List<DeclaredMcpServer> of(Strategy strategy, Collection<McpServer> elsewhere) {
    Map<String, McpServer> servers = new LinkedHashMap<>();
    strategy
        .mcpServers()
        .forEach(
            (id, definition) -> servers.put(id, new McpServer(id, Source.STRATEGY, definition)));
    elsewhere.forEach(server -> servers.putIfAbsent(server.id(), server));
    return servers.values().stream().map(server -> of(server, strategy)).toList();
  }

  private static DeclaredMcpServer of(McpServer server, Strategy strategy) {
    return new DeclaredMcpServer(
        server.id(),
        server.source().label(),
        server.transport(),
        server.enabledByDefault(),
        agentsOf(strategy, server.id()));
  }

  private static List<String> agentsOf(Strategy strategy, String id) {
    List<String> agents = new ArrayList<>();
    strategy
        .agents()
        .forEach((name, agent) -> {
          if (agent instanceof AgentDefinition.Llm llm && llm.mcpServers().contains(id)) {
            agents.add(name);
          }
        });
    return agents;
  }
}
