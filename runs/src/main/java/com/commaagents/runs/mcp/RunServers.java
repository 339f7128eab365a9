package com.commaagents.runs.mcp;

import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.ServerTools;
import com.commaagents.engine.tool.Tool;
import com.commaagents.runs.mcp.ServerList.Entry;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.definition.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// The MCP servers of one run: which of them it uses, and its connections to those. Thread-safe;
/// closed once, with the run.
public final class RunServers implements ServerTools, AutoCloseable {
  private final McpServers port;
  private volatile ServerList list;
  private final SequencedMap<String, McpServer> elsewhere;
  private final McpServers.Connections connections;
  private final Object choosing = new Object();
  private volatile Set<String> enabled;
  private volatile boolean chosen;
  // By definition; a decision asks a person, so there are few.
  private final Map<JsonNode, Boolean> decisions = new ConcurrentHashMap<>();

  /// Not connected yet; see [#connect].
  ///
  /// @param chosen the ids of those that somebody turned on, all others being off; empty: nobody
  ///   has chosen
  /// @param elsewhere those that strategies launched in this run may name besides their own
  RunServers(
      McpServers port,
      ServerList list,
      Optional<? extends Collection<String>> chosen,
      SequencedMap<String, McpServer> elsewhere) {
    this.port = port;
    this.list = list;
    this.elsewhere = elsewhere;
    this.chosen = chosen.isPresent();
    this.enabled = Set.copyOf(list.enabled(chosen));
    this.connections = port.open(list.workingFolder());
  }

  /// Connects to those that are on and may be. One that cannot be reached fails nothing.
  public void connect() throws InterruptedException {
    connect(enabled);
  }

  /// How all servers stand. Waits for nothing.
  public List<McpServerStatus> statuses() {
    return list.statuses(enabled, Optional.of(connections.standings()));
  }

  @Override
  public List<Tool> of(String serverId) throws InterruptedException {
    return enabled.contains(serverId) ? connections.of(serverId) : List.of();
  }

  /// Turns a server on or off: from an agent's next call on, it has the server's tools or not.
  /// Returns when it is connected, or cannot be.
  void choose(String serverId, boolean on) throws InterruptedException {
    synchronized (choosing) {
      chosen = true;
      Set<String> now = new LinkedHashSet<>(enabled);
      if (on) {
        now.add(serverId);
      } else {
        now.remove(serverId);
      }
      enabled = Set.copyOf(now);
    }
    if (on) {
      connect(Set.of(serverId));
    } else {
      connections.disconnect(serverId);
    }
  }

  /// What counts for runs to come has changed.
  void noteDefault(String serverId, boolean enabled) {
    synchronized (choosing) {
      list = list.withDefault(serverId, enabled);
    }
  }

  ServerList list() {
    return list;
  }

  /// The ids of those that are on.
  Set<String> enabled() {
    return enabled;
  }

  /// The servers that a launched strategy may name besides its own.
  public Collection<McpServer> elsewhere() {
    return elsewhere.values();
  }

  /// A strategy's own programs that nobody has approved for the working folder.
  public List<McpServer> notApproved(Strategy strategy) {
    List<McpServer> programs = new ArrayList<>();
    strategy
        .mcpServers()
        .forEach((id, definition) -> {
          McpServer server = new McpServer(id, Source.WORKSPACE, definition);
          if (!list.approvals().cover(server, list.workingFolder())) {
            programs.add(server);
          }
        });
    return programs;
  }

  /// What a person has decided for this run about a launched strategy's program.
  public Optional<Boolean> decided(McpServer program) {
    return Optional.ofNullable(decisions.get(program.definition()));
  }

  /// Remembers a decision for this run.
  public void decide(McpServer program, boolean allowed) {
    decisions.put(program.definition(), allowed);
  }

  /// The servers of a strategy that is launched in this run, connected. Closed by whoever asked for
  /// them, before these.
  public LaunchedServers forLaunched(Strategy strategy) throws InterruptedException {
    ServerList launched =
        ServerList.of(
            Optional.of(strategy), elsewhere.values(), list.workingFolder(), list.approvals());
    SequencedMap<String, JsonNode> own = new LinkedHashMap<>();
    for (Entry entry : launched.servers()) {
      if (entry.server().source() == Source.STRATEGY) {
        own.put(entry.id(), entry.server().definition());
      } else if (!entry.agents().isEmpty() && entry.server().enabledByDefault()) {
        use(entry);
      }
    }
    return LaunchedServers.connect(port.open(list.workingFolder()), own, this);
  }

  // What agents of this run itself do not name is connected once one that is launched does.
  private void use(Entry entry) throws InterruptedException {
    synchronized (choosing) {
      if (chosen || enabled.contains(entry.id())) {
        return;
      }
      Set<String> now = new LinkedHashSet<>(enabled);
      now.add(entry.id());
      enabled = Set.copyOf(now);
    }
    connect(Set.of(entry.id()));
  }

  private void connect(Set<String> ids) throws InterruptedException {
    SequencedMap<String, JsonNode> definitions = new LinkedHashMap<>();
    for (Entry entry : list.servers()) {
      if (ids.contains(entry.id()) && list.approved(entry)) {
        definitions.put(entry.id(), entry.server().definition());
      }
    }
    if (!definitions.isEmpty()) {
      connections.connect(definitions);
    }
  }

  /// Ends every connection and every program.
  @Override
  public void close() {
    connections.close();
  }
}
