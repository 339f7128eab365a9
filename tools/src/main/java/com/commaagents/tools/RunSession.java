package com.commaagents.tools;

import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.call.ToolGroup.OpenTools;
import com.commaagents.tools.guard.Guard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The tools of one run, each group made when it is first wanted.
final class RunSession implements ToolSession {
  private final Map<String, ToolGroup> groups;
  private final RunTools run;
  private final Map<ToolGroup, OpenTools> open = new HashMap<>();
  private boolean closed;

  RunSession(Map<String, ToolGroup> groups, RunTools run) {
    this.groups = groups;
    this.run = run;
  }

  @Override
  public synchronized Tool tool(String name) {
    ToolGroup group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("no tool is named " + name);
    }
    if (closed) {
      throw new IllegalStateException("the run's tools have been closed");
    }
    return open.computeIfAbsent(group, wanted -> wanted.open(run)).tools().stream()
        .filter(tool -> tool.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("its group did not make " + name));
  }

  @Override
  public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
    if (toolName.isPresent() && !groups.containsKey(toolName.get())) {
      return false;
    }
    Set<String> names = toolName.map(Set::of).orElse(new TreeSet<>(groups.keySet()));
    List<Guard> guards = names.stream().map(run::guard).toList();
    guards.forEach(guard -> guard.update(patch));
    try {
      for (Guard guard : guards) {
        guard.report();
      }
    } catch (InterruptedException stopped) {
      // The port does not declare it: the policies hold, and the flag tells the caller to end.
      Thread.currentThread().interrupt();
    }
    return true;
  }

  @Override
  public ToolSession forLaunched(ToolScope scope) {
    return new RunSession(groups, run.forLaunched(scope));
  }

  @Override
  public void close() {
    List<OpenTools> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open.values());
      open.clear();
    }
    all.forEach(tools -> tools.onClose().run());
  }
}
