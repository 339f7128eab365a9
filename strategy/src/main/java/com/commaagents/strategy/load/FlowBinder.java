package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.FlowDefinition.Broadcast;
import com.commaagents.strategy.definition.FlowDefinition.Cycle;
import com.commaagents.strategy.definition.FlowDefinition.Sequential;
import com.commaagents.strategy.definition.FlowDefinition.SignalMatch;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import com.commaagents.strategy.load.References.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a flow and the flows in it, by their `type`. Its placeholders are those of [AgentBinder].
final class FlowBinder {
  private static final List<String> STEP_FIELDS = List.of("agent", "description");
  private static final List<String> FIELDS = List.of("name", "description", "steps", "type");
  private static final List<String> CYCLE_FIELDS =
      and("cycles", "observer", "breakCycleSignals", "breakCycleSignalMatch");
  private static final List<String> BROADCAST_FIELDS = and("separator");
  private static final List<String> CUSTOM_FIELDS = and("config");
  private static final List<String> MATCHES =
      Arrays.stream(SignalMatch.values()).map(SignalMatch::label).toList();

  private final Names agents;
  private final AddedTypes added;
  private final Types types;

  FlowBinder(Names agents, AddedTypes added) {
    this.agents = agents;
    this.added = added;
    this.types = new Types("flow type", Set.of("sequential", "cycle", "broadcast"), added.names());
  }

  private static List<String> and(String... more) {
    return Stream.concat(FIELDS.stream(), Stream.of(more)).toList();
  }

  /// What all flows have, read once.
  private record Common(String name, Optional<String> description, List<Step> steps) {}

  /// The flow; empty where not even its type is known.
  Optional<FlowDefinition> bind(Spot spot) {
    return spot.section().flatMap(this::bind);
  }

  private Optional<FlowDefinition> bind(Section section) {
    Common common = common(section);
    Optional<Spot> typeSpot = section.require("type", "sequential, cycle or broadcast");
    return typeSpot
        .flatMap(Spot::filledText)
        .flatMap(type -> bind(section, typeSpot.orElseThrow(), type, common));
  }

  private Common common(Section section) {
    return new Common(
        section.require("name", "text").flatMap(Spot::filledText).orElse(""),
        section.find("description").flatMap(Spot::text),
        section
            .require("steps", "a list of steps")
            .map(
                steps -> steps.filledItems().stream().flatMap(step -> step(step).stream()).toList())
            .orElse(List.of()));
  }

  private Optional<Step> step(Spot spot) {
    return spot.section()
        .flatMap(section -> {
          if (section.has("agent")) {
            return agentStep(section);
          }
          if (FIELDS.stream().noneMatch(field -> section.has(field))) {
            spot.wrong("expected {agent}, or a flow with name, type and steps");
            return Optional.empty();
          }
          return bind(section).map(Step.Flow::new);
        });
  }

  private Optional<Step> agentStep(Section section) {
    section.allowOnly(STEP_FIELDS);
    Optional<String> description = section.find("description").flatMap(Spot::text);
    return section
        .find("agent")
        .flatMap(this::agent)
        .map(agent -> new Step.Agent(agent, description));
  }

  private Optional<String> agent(Spot spot) {
    return References.read(spot, "agent", agents);
  }

  private Optional<FlowDefinition> bind(
      Section section, Spot typeSpot, String type, Common common) {
    return switch (type) {
      case "sequential" -> Optional.of(sequential(section, common));
      case "cycle" -> Optional.of(cycle(section, common));
      case "broadcast" -> Optional.of(broadcast(section, common));
      default ->
          References.isRegistered(typeSpot, type, types)
              ? Optional.of(custom(section, type, common))
              : Optional.empty();
    };
  }

  private static FlowDefinition sequential(Section section, Common common) {
    section.allowOnly(FIELDS);
    return new Sequential(common.name(), common.description(), common.steps());
  }

  private FlowDefinition cycle(Section section, Common common) {
    section.allowOnly(CYCLE_FIELDS);
    return new Cycle(
        common.name(),
        common.description(),
        common.steps(),
        section.find("cycles").map(FlowBinder::cycles).orElse(OptionalInt.of(1)),
        section.find("observer").flatMap(this::agent),
        section
            .find("breakCycleSignals")
            .map(FlowBinder::signals)
            .orElse(Cycle.DEFAULT_BREAK_SIGNALS),
        section
            .find("breakCycleSignalMatch")
            .flatMap(spot -> spot.choice(MATCHES, "signal match"))
            .map(FlowBinder::signalMatch)
            .orElse(SignalMatch.SUBSTRING));
  }

  private static OptionalInt cycles(Spot spot) {
    if (spot.isText()) {
      spot.text()
          .filter(text -> !text.equals("Infinity"))
          .ifPresent(_ -> spot.wrong("expected a whole number of at least 1, or \"Infinity\""));
      return OptionalInt.empty();
    }
    return spot.whole(1, "\"Infinity\", or a whole number");
  }

  private static List<String> signals(Spot spot) {
    return spot.filledItems().stream().flatMap(item -> item.filledText().stream()).toList();
  }

  private static SignalMatch signalMatch(String label) {
    return Arrays.stream(SignalMatch.values())
        .filter(match -> match.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static FlowDefinition broadcast(Section section, Common common) {
    section.allowOnly(BROADCAST_FIELDS);
    return new Broadcast(
        common.name(),
        common.description(),
        common.steps(),
        section.find("separator").flatMap(Spot::text).orElse(Broadcast.DEFAULT_SEPARATOR));
  }

  private FlowDefinition custom(Section section, String type, Common common) {
    section.allowOnly(CUSTOM_FIELDS);
    return new FlowDefinition.Custom(
        type,
        common.name(),
        common.description(),
        common.steps(),
        AddedConfig.read(section, added.get(type)));
  }
}
