package com.commaagents.runs.message;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.runs.lifecycle.RunError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What every subscriber of a run is told, in the order in which it happened.
///
/// `requestId` is that of the request which caused the segment.
public sealed interface RunMessage {
  /// @param agents in file order
  /// @param flowTree the strategy file's `flow` as written
  record StrategyStarted(
      String strategyName, List<String> agents, JsonNode flowTree, Optional<String> requestId)
      implements RunMessage {
    public StrategyStarted {
      agents = List.copyOf(agents);
    }
  }

  record StepStarted(EngineEvent.Step step, String message) implements RunMessage {}

  record AgentStreaming(EngineEvent.Speaker speaker, EngineEvent.StreamEvent event)
      implements RunMessage {}

  record AgentOutput(
      EngineEvent.Speaker speaker, String text, Usage usage, Optional<ContextUsage> contextUsage)
      implements RunMessage {}

  record StepCompleted(EngineEvent.Step step, CallResult result) implements RunMessage {}

  record InputRequested(String agentName, String path, String prompt) implements RunMessage {}

  /// @param id of the request itself; the answer names it
  record PermissionRequested(String id, PermissionRequest request) implements RunMessage {}

  /// @param id of the request itself; the answer names it
  record QuestionRequested(
      String id, String agentName, String path, String toolName, String question)
      implements RunMessage {}

  record SteerQueued(String text) implements RunMessage {}

  record PolicyUpdated(String toolName, List<String> policies) implements RunMessage {
    public PolicyUpdated {
      policies = List.copyOf(policies);
    }
  }

  /// The segment completed; nothing of it follows.
  ///
  /// @param usage of the whole segment
  /// @param costUsd of the whole segment, by list prices; empty where some of it is not known, or
  ///   there was nothing to pay
  record StrategyCompleted(
      String result, Usage usage, Optional<BigDecimal> costUsd, Optional<String> requestId)
      implements RunMessage {
    public StrategyCompleted(String result, Usage usage, Optional<String> requestId) {
      this(result, usage, Optional.empty(), requestId);
    }
  }

  /// The segment failed or was stopped; nothing of it follows.
  record StrategyFailed(RunError error, Optional<String> requestId) implements RunMessage {}
}
