package com.commaagents.strategy.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// One agent of a strategy, by its `type`.
public sealed interface AgentDefinition {
  /// Model round-trips per call when the file does not say.
  int DEFAULT_MAX_STEPS = 100;

  Optional<String> description();

  /// What it works with.
  Equipment equipment();

  /// A person. With `requireInput` the client is asked each time; without, it answers
  /// `presetMessage` or passes its message on.
  record User(Optional<String> description, boolean requireInput, Optional<String> presetMessage)
      implements AgentDefinition {
    @Override
    public Equipment equipment() {
      return Equipment.NONE;
    }
  }

  /// A model with tools.
  ///
  /// @param outputSchema a JSON Schema the final text must satisfy
  /// @param maxSteps model round-trips per call, at least 1
  record Llm(
      Optional<String> description,
      Equipment equipment,
      SystemPrompt systemPrompt,
      Optional<JsonNode> outputSchema,
      Retention retention,
      int maxSteps)
      implements AgentDefinition {}

  /// An agent of a type that was registered by the embedding program or a plug-in.
  ///
  /// @param config as written
  /// @param equipment what its config says, where its type works with a model and tools
  record Custom(String type, Optional<String> description, JsonNode config, Equipment equipment)
      implements AgentDefinition {}

  /// A model, and what goes with it. All but the options are names.
  ///
  /// @param model `provider/model`
  /// @param providerOptions by provider, as written
  record Equipment(
      Optional<String> model,
      List<String> tools,
      List<String> mcpServers,
      List<String> skills,
      Map<String, JsonNode> providerOptions,
      ModelOptions modelOptions) {
    public static final Equipment NONE =
        new Equipment(
            Optional.empty(), List.of(), List.of(), List.of(), Map.of(), ModelOptions.NONE);

    public Equipment {
      tools = List.copyOf(tools);
      mcpServers = List.copyOf(mcpServers);
      skills = List.copyOf(skills);
      providerOptions = Map.copyOf(providerOptions);
    }
  }

  /// Where an LLM agent's system prompt comes from. A text that ends in `.md` or `.txt` names a
  /// file, relative to the strategy file.
  sealed interface SystemPrompt {
    record None() implements SystemPrompt {}

    record Text(String text) implements SystemPrompt {}

    /// A Liquid template.
    ///
    /// @param variables strings, numbers, booleans, lists of strings or maps of strings
    record Template(String template, Map<String, JsonNode> variables) implements SystemPrompt {
      public Template {
        variables = Map.copyOf(variables);
      }
    }
  }

  /// Sampling options; what is absent is left to the provider.
  ///
  /// @param maxRetries further tries after a failed model call
  record ModelOptions(
      OptionalDouble temperature,
      OptionalDouble topP,
      OptionalInt topK,
      OptionalInt maxOutputTokens,
      OptionalInt maxRetries,
      OptionalDouble frequencyPenalty,
      OptionalDouble presencePenalty,
      OptionalLong seed) {
    /// Nothing set.
    public static final ModelOptions NONE =
        new ModelOptions(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
  }

  /// How a growing conversation is kept within the model's window.
  ///
  /// @param rollingWindow keep only the newest n active records in the prompt
  record Retention(OptionalInt rollingWindow, Compaction compaction) {
    public static final Retention DEFAULT = new Retention(OptionalInt.empty(), Compaction.DEFAULT);
  }

  /// Summarising old records.
  ///
  /// @param keepRecent newest records that stay as they are
  /// @param threshold active records above which it happens; empty: only tokens trigger
  record Compaction(boolean enabled, int keepRecent, OptionalInt threshold) {
    public static final int DEFAULT_KEEP_RECENT = 8;
    public static final Compaction DEFAULT =
        new Compaction(true, DEFAULT_KEEP_RECENT, OptionalInt.empty());
    public static final Compaction OFF =
        new Compaction(false, DEFAULT_KEEP_RECENT, OptionalInt.empty());
  }
}
