package com.commaagents.tools.call;

import com.commaagents.engine.tool.ToolScope;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Workspace;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the tools of one run share: where they work, and each one's guard. Thread-safe.
public final class RunTools {
  private final Workspace workspace;
  private final ConcurrentHashMap<String, Guard> guards;
  private final Set<String> commandTools;

  /// @param commandTools the tools whose policies are about command lines
  public RunTools(Workspace workspace, Set<String> commandTools) {
    this(workspace, Set.copyOf(commandTools), new ConcurrentHashMap<>());
  }

  private RunTools(
      Workspace workspace, Set<String> commandTools, ConcurrentHashMap<String, Guard> guards) {
    this.workspace = workspace;
    this.commandTools = commandTools;
    this.guards = guards;
  }

  /// The same place and the same guards, for a strategy that the run launches.
  public RunTools forLaunched(ToolScope scope) {
    return new RunTools(
        new Workspace(scope, workspace.root(), workspace.home(), workspace.commands()),
        commandTools,
        guards);
  }

  public ToolScope scope() {
    return workspace.scope();
  }

  public Workspace workspace() {
    return workspace;
  }

  /// The one guard of a tool.
  public Guard guard(String toolName) {
    return guards.computeIfAbsent(
        toolName, name -> new Guard(name, workspace, commandTools.contains(name)));
  }
}
