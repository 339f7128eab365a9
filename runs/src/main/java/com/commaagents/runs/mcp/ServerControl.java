package com.commaagents.runs.mcp;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.mcp.ServerList.Entry;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.McpServerFiles;
import com.commaagents.strategy.load.StrategyLoader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Lists MCP servers and turns them on and off, for live runs, for runs on disk, and for those to
/// come. Thread-safe.
public final class ServerControl {
  private final ServerSetup setup;
  private final RunStore store;
  private final Path cwd;
  private final Function<RunId, Optional<RunServers>> live;
  private final StrategyLoader loader = new StrategyLoader();
  private final Object choosing = new Object();

  /// @param cwd absolute; the working folder where none is named
  /// @param live the servers of a run that is prepared or running
  public ServerControl(
      ServerSetup setup, RunStore store, Path cwd, Function<RunId, Optional<RunServers>> live) {
    this.setup = setup;
    this.store = store;
    this.cwd = cwd;
    this.live = live;
  }

  /// The servers there are, and how they stand: of a live run as they are connected, else as a run
  /// prepared now would use them. Waits for no server.
  ///
  /// @throws Fault `NOT_FOUND` when the run or the strategy file does not exist; `INVALID_INPUT`
  ///   with file, line and field; `PERSISTENCE`
  public List<McpServerStatus> list(McpQuery query) {
    return found(query).statuses();
  }

  /// Turns a server on or off, and lists as [#list] how they stand then. What is chosen is on disk
  /// when this returns, and a server that is turned on in a live run is connected, or says why not.
  ///
  /// @throws Fault as [#list]; `NOT_FOUND` when there is no such server; `INVALID_INPUT` when a run
  ///   is missing, or a default is to be given to a strategy's own server
  public List<McpServerStatus> update(McpUpdate update) throws InterruptedException {
    Found found = found(update.where());
    Entry entry = found.require(update.serverId());
    synchronized (choosing) {
      switch (update.scope()) {
        case RUN -> chooseForRun(found, update);
        case DEFAULT -> chooseDefault(found, entry, update.enabled());
      }
      if (update.enabled()) {
        setup.approvals().approve(entry.server(), found.list().workingFolder());
      }
    }
    if (found.servers().isPresent()) {
      take(found.servers().get(), update);
    }
    return found(update.where()).statuses();
  }

  private static void take(RunServers servers, McpUpdate update) throws InterruptedException {
    switch (update.scope()) {
      case RUN -> servers.choose(update.serverId(), update.enabled());
      case DEFAULT -> {
        servers.noteDefault(update.serverId(), update.enabled());
        // It may have waited for the approval.
        servers.connect();
      }
    }
  }

  private void chooseForRun(Found found, McpUpdate update) {
    RunId run =
        found
            .run()
            .orElseThrow(() ->
                new Fault(FaultCode.INVALID_INPUT, "runId is required for the scope \"run\""));
    Set<String> chosen = new LinkedHashSet<>(found.enabled());
    if (update.enabled()) {
      chosen.add(update.serverId());
    } else {
      chosen.remove(update.serverId());
    }
    store.choose(run, new RunChoices(List.copyOf(chosen)));
  }

  private void chooseDefault(Found found, Entry entry, boolean enabled) {
    if (entry.server().source() == Source.STRATEGY) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "MCP server "
              + entry.id()
              + " is the strategy's own and has no default. Use the scope \"run\", or change the"
              + " strategy file.");
    }
    McpServerFiles.setDefault(
        entry.server(), found.list().workingFolder(), setup.dataFolder(), enabled);
  }

  /// What a query comes to.
  ///
  /// @param servers of a live run
  private record Found(
      Optional<RunId> run, ServerList list, Set<String> enabled, Optional<RunServers> servers) {
    Entry require(String serverId) {
      return list.find(serverId)
          .orElseThrow(() ->
              new Fault(
                  FaultCode.NOT_FOUND,
                  "There is no MCP server \""
                      + serverId
                      + "\" here; there are: "
                      + (list.servers().isEmpty()
                          ? "none"
                          : String.join(", ", list.servers().stream().map(Entry::id).toList()))));
    }

    List<McpServerStatus> statuses() {
      return servers.map(RunServers::statuses).orElseGet(() -> list.statuses(enabled));
    }
  }

  private Found found(McpQuery query) {
    Optional<RunId> run = query.runId().map(ServerControl::runId);
    Optional<RunServers> servers = run.flatMap(live);
    if (servers.isPresent()) {
      return new Found(run, servers.get().list(), servers.get().enabled(), servers);
    }
    Optional<RunStarted> last = run.map(this::started);
    Path folder = path(cwd, query.cwd().or(() -> last.map(RunStarted::cwd)).orElse(""), "cwd");
    Optional<Strategy> strategy =
        query
            .strategyPath()
            .or(() -> last.map(RunStarted::strategyPath))
            .map(file -> loader.load(path(folder, file, "strategyPath"), LoadRequest.FILE_ONLY));
    ServerList list = setup.list(strategy, folder);
    Optional<List<String>> chosen =
        run.flatMap(store::choices).map(RunChoices::enabledMcpServerIds);
    return new Found(run, list, list.enabled(chosen), Optional.empty());
  }

  private RunStarted started(RunId run) {
    return store.history(run).build().latestStart().orElseThrow(() -> unknown(run.value()));
  }

  private static RunId runId(String text) {
    return RunId.parse(text).orElseThrow(() -> unknown(text));
  }

  private static Fault unknown(String run) {
    return new Fault(FaultCode.NOT_FOUND, "Run not found: " + run);
  }

  private static Path path(Path base, String path, String field) {
    try {
      return base.resolve(path).normalize();
    } catch (InvalidPathException notAPath) {
      throw new Fault(
          FaultCode.INVALID_INPUT, field + ": not a path: " + notAPath.getReason(), notAPath);
    }
  }
}
