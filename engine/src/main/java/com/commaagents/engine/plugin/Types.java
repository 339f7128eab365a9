package com.commaagents.engine.plugin;

import com.commaagents.engine.schema.JsonSchemas;
import com.commaagents.strategy.load.AddedTypes;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.ConfigCheck;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The types that a program adds, by their names.
public record Types(
    Map<String, AgentType> agents, Map<String, FlowType> flows, Map<String, ToolType> tools) {
  public static final Types NONE = new Types(Map.of(), Map.of(), Map.of());

  private static final Set<String> BUILT_IN_AGENTS = Set.of("user", "llm");
  private static final Set<String> BUILT_IN_FLOWS = Set.of("sequential", "cycle", "broadcast");

  public Types {
    agents = Map.copyOf(agents);
    flows = Map.copyOf(flows);
    tools = Map.copyOf(tools);
  }

  /// @throws IllegalArgumentException when a name is taken
  public static Types of(List<AgentType> agents, List<FlowType> flows, List<ToolType> tools) {
    return new Types(
        byName(agents, AgentType::name, BUILT_IN_AGENTS),
        byName(flows, FlowType::name, BUILT_IN_FLOWS),
        byName(tools, tool -> tool.spec().name(), Set.of()));
  }

  /// As above, without tools.
  public static Types of(List<AgentType> agents, List<FlowType> flows) {
    return of(agents, flows, List.of());
  }

  /// What strategies are held to that name one of the agents' types.
  public AddedTypes addedAgents(JsonSchemas schemas) {
    Map<String, AddedType> added = new HashMap<>();
    agents.forEach((name, type) ->
        added.put(
            name,
            new AddedType(
                type.usesModelAndTools(),
                check("agent type " + name, type.configSchema(), schemas))));
    return new AddedTypes.Known(added);
  }

  /// What strategies are held to that name one of the flows' types.
  public AddedTypes addedFlows(JsonSchemas schemas) {
    Map<String, AddedType> added = new HashMap<>();
    flows.forEach((name, type) ->
        added.put(
            name, new AddedType(false, check("flow type " + name, type.configSchema(), schemas))));
    return new AddedTypes.Known(added);
  }

  private static ConfigCheck check(String who, Optional<JsonNode> schema, JsonSchemas schemas) {
    return schema
        .<ConfigCheck>map(given ->
            config ->
                schemas.misfits(given, config).stream()
                    .map(misfit ->
                        new Mistake(misfit.place(), who + " refuses it: " + misfit.message()))
                    .toList())
        .orElse(ConfigCheck.NONE);
  }

  private static <T> Map<String, T> byName(
      List<T> types, Function<T, String> name, Set<String> taken) {
    Map<String, T> byName = new HashMap<>();
    for (T type : types) {
      String own = name.apply(type);
      if (taken.contains(own) || byName.put(own, type) != null) {
        throw new IllegalArgumentException("two types are named " + own);
      }
    }
    return byName;
  }
}
