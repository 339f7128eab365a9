package com.commaagents.engine.plugin;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A type of agents that strategies may name. Used by several runs and threads at once.
public interface AgentType {
  /// The `type` in a strategy file.
  String name();

  /// Answers one call. What it returns is recorded; a resume does not call it again for it. An
  /// exception fails the step. An interruption is how a run is stopped: pass it on.
  String answer(Call call) throws InterruptedException;

  /// One call.
  ///
  /// @param config as in the strategy file
  /// @param message what the step received
  /// @param earlier the agent's calls in this run, the oldest first
  /// @param stream tells clients parts of the answer while it is made
  record Call(
      String agentName, JsonNode config, String message, List<Exchange> earlier, Stream stream) {
    public Call {
      earlier = List.copyOf(earlier);
    }
  }

  /// An earlier call.
  record Exchange(String message, String answer) {}

  /// Where parts of an answer go.
  @FunctionalInterface
  interface Stream {
    void text(String part) throws InterruptedException;
  }
}
