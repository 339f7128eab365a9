package com.commaagents.engine.plugin;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A type of flows that strategies may name. Used by several runs and threads at once.
public interface FlowType {
  /// The `type` in a strategy file.
  String name();

  /// A JSON Schema for the `config` of its flows, the same each time; empty: the type judges by
  /// itself. A strategy whose config does not fit is refused when it is loaded.
  default Optional<JsonNode> configSchema() {
    return Optional.empty();
  }

  /// Runs the steps as it likes and returns the flow's text. A resume runs it again, and the steps
  /// that were completed give their results at once: what it does must follow from its input, its
  /// config and what the steps return.
  String run(Call call) throws InterruptedException;

  /// One run of a flow.
  ///
  /// @param config as in the strategy file
  /// @param input what the flow received
  /// @param steps at least one
  record Call(JsonNode config, String input, List<Step> steps) {
    public Call {
      steps = List.copyOf(steps);
    }
  }

  /// A step, which may be run any number of times by the thread that runs the flow, one at a time.
  interface Step {
    /// The agent's or the nested flow's name.
    String name();

    /// Runs it and returns its text.
    String run(String message) throws InterruptedException;
  }
}
