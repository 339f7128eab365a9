package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads what agents of several types work with, and leaves other fields alone. Its placeholders
/// are those of [AgentBinder].
final class EquipmentBinder {
  private static final List<String> MODEL_OPTIONS =
      List.of(
          "temperature",
          "topP",
          "topK",
          "maxOutputTokens",
          "maxRetries",
          "frequencyPenalty",
          "presencePenalty",
          "seed");

  private final Names tools;
  private final Names skills;
  private final Names mcpServers;

  EquipmentBinder(Available available, Names mcpServers) {
    this.tools = available.tools();
    this.skills = available.skills();
    this.mcpServers = mcpServers;
  }

  /// @param model read by who knows whether there has to be one
  Equipment bind(Section section, Optional<String> model) {
    return new Equipment(
        model,
        names(section, "tools", "tool", tools),
        names(section, "mcpServers", "MCP server", mcpServers),
        names(section, "skills", "skill", skills),
        providerOptions(section),
        section
            .find("modelOptions")
            .flatMap(Spot::section)
            .map(EquipmentBinder::modelOptions)
            .orElse(ModelOptions.NONE));
  }

  private static List<String> names(Section section, String field, String what, Names known) {
    return section.find(field).map(Spot::items).orElse(List.of()).stream()
        .flatMap(item -> References.read(item, what, known).stream())
        .toList();
  }

  private static Map<String, JsonNode> providerOptions(Section section) {
    Map<String, JsonNode> options = new LinkedHashMap<>();
    section
        .find("providerOptions")
        .flatMap(Spot::section)
        .ifPresent(found ->
            found.forEach((provider, spot) ->
                spot.object().ifPresent(value -> options.put(provider, value))));
    return options;
  }

  private static ModelOptions modelOptions(Section section) {
    section.allowOnly(MODEL_OPTIONS);
    return new ModelOptions(
        number(section, "temperature"),
        number(section, "topP"),
        section.whole("topK", Integer.MIN_VALUE),
        section.whole("maxOutputTokens", 1),
        section.whole("maxRetries", 0),
        number(section, "frequencyPenalty"),
        number(section, "presencePenalty"),
        section.find("seed").map(Spot::wholeLong).orElse(OptionalLong.empty()));
  }

  private static OptionalDouble number(Section section, String field) {
    return section.find(field).map(Spot::number).orElse(OptionalDouble.empty());
  }
}
