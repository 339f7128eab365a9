package com.commaagents.strategy.definition;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A strategy as its file says it, checked.
///
/// @param file the absolute path it was read from; prompts, templates and scripts lie beside it
/// @param agents by name, in file order
/// @param mcpServers definitions as written, by id, in file order
/// @param flowTree the file's `flow` object as written, for clients
public record Strategy(
    Path file,
    String name,
    String version,
    Optional<String> description,
    Map<String, AgentDefinition> agents,
    Map<String, JsonNode> mcpServers,
    FlowDefinition flow,
    JsonNode flowTree) {
  public Strategy {
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    mcpServers = Collections.unmodifiableMap(new LinkedHashMap<>(mcpServers));
  }

  /// The agents' names in file order.
  public List<String> agentNames() {
    return List.copyOf(agents.keySet());
  }
}
