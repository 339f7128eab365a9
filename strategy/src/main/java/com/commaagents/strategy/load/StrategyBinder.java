package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceNode.Mapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Makes a [Strategy] of a tree, and notes whatever keeps it from being one.
final class StrategyBinder {
  private static final List<String> REQUIRED = List.of("name", "version", "agents", "flow");
  private static final List<String> FIELDS =
      List.of("name", "version", "description", "mcpServers", "agents", "flow");

  /// How many of the required fields make a file a strategy, and its names fit to be told.
  private static final int TELLING_FIELDS = 2;

  private final Path file;
  private final LoadRequest request;
  private final Problems problems;

  StrategyBinder(Path file, LoadRequest request, Problems problems) {
    this.file = file;
    this.request = request;
    this.problems = problems;
  }

  /// Whether the file means to be a strategy. Nothing of one that does not is ever shown.
  static boolean isStrategy(SourceNode root) {
    return root instanceof Mapping mapping
        && REQUIRED.stream().filter(mapping.fields()::containsKey).count() >= TELLING_FIELDS;
  }

  /// The strategy; empty where problems were noted.
  Optional<Strategy> bind(SourceNode root) {
    return new Spot(root, new FieldPath.Top(), problems).section().flatMap(this::bind);
  }

  private Optional<Strategy> bind(Section section) {
    section.allowOnly(FIELDS);
    Optional<String> name = section.require("name", "text").flatMap(Spot::filledText);
    Optional<String> version = section.require("version", "text").flatMap(Spot::filledText);
    Optional<String> description = section.find("description").flatMap(Spot::text);
    Map<String, JsonNode> servers = servers(section);
    Optional<Section> agentSection =
        section.require("agents", "an object of agents by name").flatMap(Spot::section);
    Map<String, AgentDefinition> agents = agents(agentSection, servers.keySet());
    Optional<Spot> flowSpot = section.require("flow", "an object with name, type and steps");
    Optional<FlowDefinition> flow = flowSpot.flatMap(spot -> flow(spot, agentSection));
    if (problems.count() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Strategy(
            file.toAbsolutePath(),
            name.orElseThrow(),
            version.orElseThrow(),
            description,
            agents,
            servers,
            flow.orElseThrow(),
            flowSpot.orElseThrow().node().toJson()));
  }

  private static Map<String, JsonNode> servers(Section section) {
    Map<String, JsonNode> servers = new LinkedHashMap<>();
    section
        .find("mcpServers")
        .flatMap(Spot::section)
        .ifPresent(found ->
            found.forEach((id, spot) -> {
              McpServerCheck.check(spot);
              servers.put(id, spot.node().toJson());
            }));
    return servers;
  }

  private Map<String, AgentDefinition> agents(Optional<Section> section, Set<String> serverIds) {
    Available available = request.available();
    PromptBinder prompts = new PromptBinder(file, available.templates());
    Names servers = References.join(available.mcpServers(), serverIds);
    EquipmentBinder equipment = new EquipmentBinder(available, servers);
    AgentBinder binder =
        new AgentBinder(
            available.agentTypes(), new LlmAgentBinder(request, equipment, prompts), equipment);
    Map<String, AgentDefinition> agents = new LinkedHashMap<>();
    section.ifPresent(found ->
        found.forEach(
            (name, spot) -> binder.bind(spot).ifPresent(agent -> agents.put(name, agent))));
    return agents;
  }

  /// Without agents to look at, what steps name is not judged: one mistake, one message.
  private Optional<FlowDefinition> flow(Spot spot, Optional<Section> agents) {
    Names agentNames =
        agents.<Names>map(found -> new Names.Known(found.names())).orElseGet(Names.NotChecked::new);
    return new FlowBinder(agentNames, request.available().flowTypes()).bind(spot);
  }
}
