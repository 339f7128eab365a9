package com.commaagents.runs.store;

import java.util.List;

/// What people have chosen for a run.
///
/// @param enabledMcpServerIds the MCP servers it uses, in no particular order
public record RunChoices(List<String> enabledMcpServerIds) {
  public RunChoices {
    enabledMcpServerIds = List.copyOf(enabledMcpServerIds);
  }
}
