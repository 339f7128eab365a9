package com.commaagents.engine.event;

import java.math.BigDecimal;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// What happens while a flow runs. `path` is the place in the flow tree, for example
/// `1/cycle[2]/0`.
public sealed interface EngineEvent {
  record StepStarted(Step step, String message) implements EngineEvent {}

  record StepCompleted(Step step, CallResult result) implements EngineEvent {}

  /// Something an agent streams.
  record Streaming(Speaker speaker, StreamEvent event) implements EngineEvent {}

  /// An agent's whole answer, once per call.
  record AgentOutput(Speaker speaker, String text, Usage usage, Optional<ContextUsage> contextUsage)
      implements EngineEvent {}

  /// A finished call, for the conversation.
  ///
  /// @param costUsd of the whole call; empty where nobody knows
  record CallRecorded(String path, CallRecord record, Optional<BigDecimal> costUsd)
      implements EngineEvent {}

  /// A finished call of a strategy that an agent launched; never part of the conversation.
  ///
  /// @param costUsd as that of [CallRecorded]
  record LaunchedCallRecorded(
      String launchId, String path, CallRecord record, Optional<BigDecimal> costUsd)
      implements EngineEvent {}

  /// An agent's conversation was compacted, for the conversation.
  record ConversationCompacted(String path, RetentionEvent event) implements EngineEvent {}

  /// A model was asked to summarise an agent's conversation, in no call.
  record SummaryMade(String agentName, String path, Spent spent) implements EngineEvent {}

  /// One round-trip of a call that goes on after it, before its tools run; what a resume needs. The
  /// last round-trip of a call has none unless it called tools: the call's record follows at once.
  ///
  /// @param callId the id of the call's later record
  /// @param index from 0 within the call
  /// @param userMessage what the call asked; with index 0 only
  /// @param contextUsage where the provider reported usage
  record ModelTurn(
      String agentName,
      String path,
      String callId,
      int index,
      Optional<Message.User> userMessage,
      Message.Assistant message,
      Spent spent,
      Optional<ContextUsage> contextUsage,
      FinishReason finishReason)
      implements EngineEvent {}

  /// A tool is about to run.
  record ToolStarted(
      String agentName, String path, String toolCallId, String toolName, String arguments)
      implements EngineEvent {}

  record ToolEnded(String path, String toolCallId, ToolOutcome outcome, Duration took)
      implements EngineEvent {}

  /// A tool changed a file, or tried to.
  record ToolMutation(
      String agentName,
      String toolName,
      MutationKind kind,
      String file,
      Optional<String> toFile,
      Optional<String> beforeSha256,
      Optional<String> afterSha256,
      Optional<String> diff,
      Optional<String> error)
      implements EngineEvent {}

  enum MutationKind {
    CREATE,
    UPDATE,
    DELETE,
    MOVE
  }

  /// The policies of a tool's guard, after a change.
  record PolicyUpdated(String toolName, List<String> policies) implements EngineEvent {
    public PolicyUpdated {
      policies = List.copyOf(policies);
    }
  }

  /// A step of a flow.
  ///
  /// @param name the agent's or the nested flow's
  /// @param agentName empty for a nested flow
  /// @param index place among its flow's steps, from 0
  record Step(
      String path, String name, String flowName, Optional<String> agentName, OptionalInt index) {}

  /// The agent that works, and its model.
  record Speaker(String agentName, String path, ModelInfo model) {}

  /// How a tool call ended.
  sealed interface ToolOutcome {
    /// It ran; a failure it reports is in its output.
    record Completed(String output) implements ToolOutcome {}

    /// It could not be run: unknown tool, arguments that do not fit, an exception.
    record Failed(String error) implements ToolOutcome {}
  }

  /// What an agent streams, in the order the model produced it.
  sealed interface StreamEvent {
    /// A model round-trip has begun to answer.
    record StepStart() implements StreamEvent {}

    record Text(String text) implements StreamEvent {}

    record ThinkingStart(String id) implements StreamEvent {}

    record Thinking(String id, String text) implements StreamEvent {}

    record ThinkingEnd(String id) implements StreamEvent {}

    record ToolCall(
        String toolCallId, String toolName, String arguments, Optional<McpOrigin> origin)
        implements StreamEvent {}

    record ToolResult(
        String toolCallId, String toolName, ToolOutcome outcome, Optional<McpOrigin> origin)
        implements StreamEvent {}

    /// The conversation was compacted.
    record Retention(JsonNode event) implements StreamEvent {}

    record Done(CallResult result) implements StreamEvent {}
  }

  /// The MCP server and its own name of a tool.
  record McpOrigin(String serverId, String toolName) {}
}
