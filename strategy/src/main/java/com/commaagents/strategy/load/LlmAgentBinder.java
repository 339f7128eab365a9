package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// Reads an agent of type `llm`. Its placeholders are those of [AgentBinder].
final class LlmAgentBinder {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "description",
          "model",
          "systemPrompt",
          "systemPromptTemplate",
          "tools",
          "mcpServers",
          "skills",
          "providerOptions",
          "modelOptions",
          "outputSchema",
          "context",
          "maxSteps");

  private final boolean modelOverridden;
  private final EquipmentBinder equipment;
  private final PromptBinder prompts;
  private final ConfigCheck outputSchemas;

  LlmAgentBinder(LoadRequest request, EquipmentBinder equipment, PromptBinder prompts) {
    this.modelOverridden = request.modelOverridden();
    this.equipment = equipment;
    this.prompts = prompts;
    this.outputSchemas = request.available().outputSchemas();
  }

  AgentDefinition.Llm bind(Section section) {
    section.allowOnly(FIELDS);
    return new AgentDefinition.Llm(
        section.find("description").flatMap(Spot::text),
        equipment.bind(section, model(section)),
        prompts.bind(section),
        section.find("outputSchema").flatMap(this::outputSchema),
        section
            .find("context")
            .flatMap(Spot::section)
            .map(LlmAgentBinder::retention)
            .orElse(Retention.DEFAULT),
        section.whole("maxSteps", 1).orElse(AgentDefinition.DEFAULT_MAX_STEPS));
  }

  private Optional<JsonNode> outputSchema(Spot written) {
    Optional<JsonNode> schema = written.object();
    for (Mistake mistake : schema.map(outputSchemas::mistakes).orElse(List.of())) {
      written.inside(mistake.place()).wrong(mistake.message());
    }
    return schema;
  }

  private Optional<String> model(Section section) {
    if (modelOverridden) {
      return section.find("model").flatMap(Spot::text);
    }
    return section
        .require("model", "provider/model, or a run with a model override")
        .flatMap(Spot::filledText);
  }

  private static Retention retention(Section section) {
    section.allowOnly(List.of("rollingWindow", "compaction"));
    return new Retention(
        section
            .find("rollingWindow")
            .map(LlmAgentBinder::rollingWindow)
            .orElse(OptionalInt.empty()),
        section.find("compaction").map(LlmAgentBinder::compaction).orElse(Compaction.DEFAULT));
  }

  private static OptionalInt rollingWindow(Spot spot) {
    if (!spot.isObject()) {
      return spot.whole(0, "{maxRecords}, or a whole number");
    }
    return spot.section()
        .flatMap(section -> {
          section.allowOnly(List.of("maxRecords"));
          return section.require("maxRecords", "a whole number of at least 0");
        })
        .map(maxRecords -> maxRecords.whole(0))
        .orElse(OptionalInt.empty());
  }

  private static Compaction compaction(Spot spot) {
    if (!spot.isObject()) {
      return spot.flag("true, false or {keepRecent, threshold}").orElse(true)
          ? Compaction.DEFAULT
          : Compaction.OFF;
    }
    return spot.section().map(LlmAgentBinder::compaction).orElse(Compaction.DEFAULT);
  }

  private static Compaction compaction(Section section) {
    section.allowOnly(List.of("keepRecent", "threshold"));
    return new Compaction(
        true,
        section.whole("keepRecent", 0).orElse(Compaction.DEFAULT_KEEP_RECENT),
        section.whole("threshold", 1));
  }
}
