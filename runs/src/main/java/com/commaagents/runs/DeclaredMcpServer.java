package com.commaagents.runs;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.Strategy;
import java.util.ArrayList;
import java.util.List;

/// An MCP server that a strategy declares. None is connected yet: clients are told so, and the
/// agents it is assigned to get no tool of it.
///
/// @param transport `stdio`, `http` or `sse`
/// @param assignedAgents in file order
public record DeclaredMcpServer(String id, String transport, List<String> assignedAgents) {
  /// Why it is not connected.
  public static final String ERROR = "MCP servers are not supported by this version yet.";

  public DeclaredMcpServer {
    assignedAgents = List.copyOf(assignedAgents);
  }

  static List<DeclaredMcpServer> of(Strategy strategy) {
    List<DeclaredMcpServer> servers = new ArrayList<>();
    strategy
        .mcpServers()
        .forEach((id, definition) ->
            servers.add(
                new DeclaredMcpServer(
                    id, Json.text(definition, "transport").orElseThrow(), agentsOf(strategy, id))));
    return servers;
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
