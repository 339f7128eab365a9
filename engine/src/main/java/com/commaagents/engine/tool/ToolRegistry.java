package com.commaagents.engine.tool;

import java.util.Set;

/// Port: the tools a strategy may name. Thread-safe.
public interface ToolRegistry {
  /// The names an agent's `tools` may hold.
  Set<String> names();

  /// Makes the tools of one run, with what they keep for it (to-dos, session permissions).
  ToolSession open(ToolScope scope);
}
