package com.commaagents.runs.mcp;

import com.commaagents.engine.tool.McpServers.Standing;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.definition.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The MCP servers that there are for a strategy in a working folder.
///
/// @param servers by id; the strategy's own first
/// @param approvals says which of them may be started
record ServerList(List<Entry> servers, Path workingFolder, Approvals approvals) {
  static final String NOT_APPROVED =
      "It is a program that this working folder names, and is started only once you have approved"
          + " it: enable it with update_mcp_server, or with comma mcp enable.";

  ServerList {
    servers = List.copyOf(servers);
  }

  /// A server, and the agents that name it.
  ///
  /// @param wanted whether an agent names it, or it is not known which agents there are
  record Entry(McpServer server, List<String> agents, boolean wanted) {
    Entry {
      agents = List.copyOf(agents);
    }

    String id() {
      return server.id();
    }

    /// What counts unless somebody has chosen otherwise.
    private boolean enabledUnlessChosen() {
      return server.source() == Source.STRATEGY || (server.enabledByDefault() && wanted);
    }
  }

  /// A strategy's own servers and those of `elsewhere`; its own count where both have one.
  ///
  /// @param strategy empty: no agents, and no servers of its own
  static ServerList of(
      Optional<Strategy> strategy,
      Collection<McpServer> elsewhere,
      Path workingFolder,
      Approvals approvals) {
    Map<String, McpServer> servers = new LinkedHashMap<>();
    strategy.ifPresent(own ->
        own.mcpServers()
            .forEach((id, node) -> servers.put(id, new McpServer(id, Source.STRATEGY, node))));
    elsewhere.forEach(server -> servers.putIfAbsent(server.id(), server));
    List<Entry> entries =
        servers.values().stream()
            .map(server -> {
              List<String> agents =
                  strategy.map(own -> agentsOf(own, server.id())).orElseGet(List::of);
              return new Entry(server, agents, strategy.isEmpty() || !agents.isEmpty());
            })
            .toList();
    return new ServerList(entries, workingFolder, approvals);
  }

  Optional<Entry> find(String id) {
    return servers.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /// The ids of those that are on.
  ///
  /// @param chosen what somebody chose; empty: the defaults
  Set<String> enabled(Optional<? extends Collection<String>> chosen) {
    Set<String> enabled = new LinkedHashSet<>();
    for (Entry entry : servers) {
      if (chosen.map(ids -> ids.contains(entry.id())).orElseGet(entry::enabledUnlessChosen)) {
        enabled.add(entry.id());
      }
    }
    return enabled;
  }

  /// The same after a change of what counts unless somebody chooses otherwise.
  ServerList withDefault(String id, boolean enabled) {
    return new ServerList(
        servers.stream()
            .map(entry ->
                entry.id().equals(id)
                    ? new Entry(entry.server().withDefault(enabled), entry.agents(), entry.wanted())
                    : entry)
            .toList(),
        workingFolder,
        approvals);
  }

  boolean approved(Entry entry) {
    return approvals.cover(entry.server(), workingFolder);
  }

  /// How all of them stand where no run is connected to them.
  List<McpServerStatus> statuses(Set<String> enabled) {
    return statuses(enabled, Optional.empty());
  }

  /// @param standings those of a live run
  List<McpServerStatus> statuses(Set<String> enabled, Optional<Map<String, Standing>> standings) {
    return servers.stream().map(entry -> status(entry, enabled, standings)).toList();
  }

  private McpServerStatus status(
      Entry entry, Set<String> enabled, Optional<Map<String, Standing>> standings) {
    boolean chosen = enabled.contains(entry.id());
    boolean waits = chosen && !approved(entry);
    Optional<Standing> standing = standings.map(all -> all.get(entry.id()));
    return new McpServerStatus(
        entry.id(),
        entry.server().source().label(),
        entry.server().transport(),
        chosen && !waits,
        entry.server().enabledByDefault(),
        standings.map(_ -> standing.filter(known -> known.error().isEmpty()).isPresent()),
        standing.map(Standing::toolCount).orElse(0),
        entry.agents(),
        waits ? Optional.of(NOT_APPROVED) : standing.flatMap(Standing::error));
  }

  private static List<String> agentsOf(Strategy strategy, String id) {
    List<String> agents = new ArrayList<>();
    strategy
        .agents()
        .forEach((name, agent) -> {
          if (agent.equipment().mcpServers().contains(id)) {
            agents.add(name);
          }
        });
    return agents;
  }
}
