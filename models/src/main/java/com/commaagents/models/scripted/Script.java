package com.commaagents.models.scripted;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A script: the turns of each agent, in order.
record Script(Map<String, List<Turn>> agents) {
  /// Every agent without turns of its own.
  static final String ANY_AGENT = "*";

  Script {
    agents = Map.copyOf(agents);
  }

  /// The turns of an agent; empty when the script has none for it.
  Optional<List<Turn>> turns(String agent) {
    return Optional.ofNullable(agents.get(agent))
        .or(() -> Optional.ofNullable(agents.get(ANY_AGENT)));
  }
}
