package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.References.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads an agent, by its `type`.
///
/// INVARIANT: where a reading is empty a problem was noted, and what is built with a placeholder in
/// its stead never leaves [StrategyBinder].
final class AgentBinder {
  private static final List<String> CUSTOM_FIELDS = List.of("type", "description", "config");
  private static final List<String> USER_CONFIG_FIELDS = List.of("requireInput", "presetMessage");

  private final AddedTypes added;
  private final Types types;
  private final LlmAgentBinder llm;
  private final EquipmentBinder equipment;

  AgentBinder(AddedTypes added, LlmAgentBinder llm, EquipmentBinder equipment) {
    this.added = added;
    this.types = new Types("agent type", Set.of("user", "llm"), added.names());
    this.llm = llm;
    this.equipment = equipment;
  }

  /// The agent; empty where not even its type is known.
  Optional<AgentDefinition> bind(Spot spot) {
    return spot.section().flatMap(this::bind);
  }

  private Optional<AgentDefinition> bind(Section section) {
    Optional<Spot> typeSpot = section.find("type");
    if (typeSpot.isEmpty()) {
      return Optional.of(llm.bind(section));
    }
    return typeSpot.get().filledText().flatMap(type -> bind(section, typeSpot.get(), type));
  }

  private Optional<AgentDefinition> bind(Section section, Spot typeSpot, String type) {
    return switch (type) {
      case "llm" -> Optional.of(llm.bind(section));
      case "user" -> Optional.of(user(section));
      default ->
          References.isRegistered(typeSpot, type, types)
              ? Optional.of(custom(section, type))
              : Optional.empty();
    };
  }

  private static AgentDefinition user(Section section) {
    section.allowOnly(CUSTOM_FIELDS);
    Optional<Section> config = section.find("config").flatMap(Spot::section);
    config.ifPresent(found -> found.allowOnly(USER_CONFIG_FIELDS));
    return new AgentDefinition.User(
        section.find("description").flatMap(Spot::text),
        config.flatMap(found -> found.find("requireInput")).flatMap(Spot::flag).orElse(true),
        config.flatMap(found -> found.find("presetMessage")).flatMap(Spot::text));
  }

  private AgentDefinition custom(Section section, String type) {
    section.allowOnly(CUSTOM_FIELDS);
    AddedType known = added.get(type);
    Optional<Section> work =
        section
            .find("config")
            .filter(config -> known.usesModelAndTools() && config.isObject())
            .flatMap(Spot::section);
    return new AgentDefinition.Custom(
        type,
        section.find("description").flatMap(Spot::text),
        AddedConfig.read(section, known),
        work.map(this::equipment).orElse(Equipment.NONE));
  }

  private Equipment equipment(Section config) {
    return equipment.bind(config, config.find("model").flatMap(Spot::filledText));
  }
}
