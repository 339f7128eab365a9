package com.commaagents.runs.mcp;

import com.commaagents.engine.tool.McpServers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The servers of runs that have none.
public final class NoServers {
  private NoServers() {}

  public static RunServers none() {
    Path folder = Path.of("/nowhere");
    return new RunServers(
        McpServers.NONE,
        new ServerList(List.of(), folder, new Approvals(folder)),
        Optional.empty(),
        new LinkedHashMap<>());
  }
}
