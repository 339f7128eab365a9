package com.commaagents.engine.plugin;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A type of agents that strategies may name. Used by several runs and threads at once.
public interface AgentType {
  /// The `type` in a strategy file.
  String name();

  /// A JSON Schema for the `config` of its agents, the same each time; empty: the type judges by
  /// itself. A strategy whose config does not fit is refused when it is loaded.
  default Optional<JsonNode> configSchema() {
    return Optional.empty();
  }

  /// Whether its agents work with a model and tools. Then `model`, `tools`, `mcpServers`, `skills`,
  /// `modelOptions` and `providerOptions` in their config are what they are for an agent of type
  /// `llm`, and checked when the strategy is loaded; each may be left out, and a schema has to
  /// allow those that are used. Else the whole config is the type's own.
  default boolean usesModelAndTools() {
    return false;
  }

  /// Answers one call. What it returns is recorded; a resume does not call it again for it, but for
  /// a call that was interrupted, see [AgentWork]. An exception fails the step. An interruption is
  /// how a run is stopped: pass it on.
  String answer(Call call) throws InterruptedException;

  /// One call.
  ///
  /// @param config as in the strategy file
  /// @param message what the step received
  /// @param earlier the agent's calls in this run, the oldest first
  /// @param work what it can do meanwhile
  record Call(
      String agentName, JsonNode config, String message, List<Exchange> earlier, AgentWork work) {
    public Call {
      earlier = List.copyOf(earlier);
    }
  }

  /// An earlier call.
  record Exchange(String message, String answer) {}
}
