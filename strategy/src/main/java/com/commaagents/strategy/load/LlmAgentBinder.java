package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

  private final boolean modelOverridden;
  private final Names tools;
  private final Names skills;
  private final Names mcpServers;
  private final PromptBinder prompts;
  private final ConfigCheck outputSchemas;

  LlmAgentBinder(LoadRequest request, Names mcpServers, PromptBinder prompts) {
    this.modelOverridden = request.modelOverridden();
    this.tools = request.available().tools();
    this.skills = request.available().skills();
    this.mcpServers = mcpServers;
    this.prompts = prompts;
    this.outputSchemas = request.available().outputSchemas();
  }

  AgentDefinition.Llm bind(Section section) {
    section.allowOnly(FIELDS);
    return new AgentDefinition.Llm(
        section.find("description").flatMap(Spot::text),
        model(section),
        prompts.bind(section),
        tools(section),
        names(section, "mcpServers", "MCP server", mcpServers),
        names(section, "skills", "skill", skills),
        providerOptions(section),
        section
            .find("modelOptions")
            .flatMap(Spot::section)
            .map(LlmAgentBinder::modelOptions)
            .orElse(ModelOptions.NONE),
        section.find("outputSchema").flatMap(this::outputSchema),
        section
            .find("context")
            .flatMap(Spot::section)
            .map(LlmAgentBinder::retention)
            .orElse(Retention.DEFAULT),
        integer(section, "maxSteps", 1).orElse(AgentDefinition.DEFAULT_MAX_STEPS));
  }

  /// The tools that an agent names.
  List<String> tools(Section section) {
    return names(section, "tools", "tool", tools);
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
        integer(section, "topK", Integer.MIN_VALUE),
        integer(section, "maxOutputTokens", 1),
        integer(section, "maxRetries", 0),
        number(section, "frequencyPenalty"),
        number(section, "presencePenalty"),
        section.find("seed").map(Spot::wholeLong).orElse(OptionalLong.empty()));
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
        integer(section, "keepRecent", 0).orElse(Compaction.DEFAULT_KEEP_RECENT),
        integer(section, "threshold", 1));
  }

  private static OptionalInt integer(Section section, String field, int atLeast) {
    return section.find(field).map(spot -> spot.whole(atLeast)).orElse(OptionalInt.empty());
  }

  private static OptionalDouble number(Section section, String field) {
    return section.find(field).map(Spot::number).orElse(OptionalDouble.empty());
  }
}
