package com.commaagents.runs.mcp;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.runs.store.RunChoices;
import com.commaagents.runs.store.RunStore;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.McpServerFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SequencedMap;

/// Finds the MCP servers of runs. Thread-safe.
public final class ServerSetup {
  private final McpServers port;
  private final RunStore store;
  private final Path dataFolder;
  private final Approvals approvals;

  public ServerSetup(McpServers port, RunStore store, Path dataFolder) {
    this.port = port;
    this.store = store;
    this.dataFolder = dataFolder;
    this.approvals = new Approvals(dataFolder);
  }

  /// The servers that a working folder and the data folder define.
  ///
  /// @throws Fault `INVALID_INPUT` with file, line and field; `PERSISTENCE`
  public SequencedMap<String, McpServer> elsewhere(Path workingFolder) {
    return McpServerFiles.read(workingFolder, dataFolder);
  }

  /// Those of a run, not connected yet.
  ///
  /// @param elsewhere those of its working folder, see [#elsewhere]
  /// @throws Fault `INVALID_INPUT` when what was chosen for the run cannot be read
  public RunServers open(
      RunId runId,
      Strategy strategy,
      Path workingFolder,
      SequencedMap<String, McpServer> elsewhere) {
    return new RunServers(
        port,
        ServerList.of(Optional.of(strategy), elsewhere.values(), workingFolder, approvals),
        store.choices(runId).map(RunChoices::enabledMcpServerIds),
        elsewhere);
  }

  ServerList list(Optional<Strategy> strategy, Path workingFolder) {
    return ServerList.of(strategy, elsewhere(workingFolder).values(), workingFolder, approvals);
  }

  Approvals approvals() {
    return approvals;
  }

  Path dataFolder() {
    return dataFolder;
  }
}
