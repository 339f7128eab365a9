package com.commaagents.runs.timeline;

import java.math.BigDecimal;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.people.People;
import com.commaagents.runs.lifecycle.RunState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What stands on a run's timeline.
///
/// Source: names, fields and meanings are those of the public Comma Agents daemon, whose files we
/// continue and which can read ours; what we add are optional fields and further types.
public sealed interface TimelineEvent {
  /// A segment begins.
  ///
  /// @param strategyPath absolute
  /// @param cwd absolute
  /// @param initialInput the human prompt; empty when it was started without one
  /// @param resumes whether it goes on with the interrupted segment before it
  /// @param shape empty in timelines that do not keep it
  /// @param limits what the segment may come to
  /// @param seq the newest number of the run's message stream at that moment
  record RunStarted(
      String strategyPath,
      String strategyName,
      String cwd,
      Optional<String> initialInput,
      Optional<String> manifestPath,
      Optional<String> modelOverride,
      boolean resumes,
      Optional<Shape> shape,
      RunLimits limits,
      List<McpServerStatus> mcpServers,
      OptionalLong seq)
      implements TimelineEvent {
    public RunStarted {
      mcpServers = List.copyOf(mcpServers);
    }
  }

  /// What the strategy of a segment was made of.
  ///
  /// @param agents in file order
  /// @param flowTree the strategy file's `flow` as written
  record Shape(List<String> agents, JsonNode flowTree) {
    public Shape {
      agents = List.copyOf(agents);
    }
  }

  /// A segment ends.
  ///
  /// @param result what it came to, where it did: text and the usage of the whole segment
  record RunCompleted(RunState.Finished outcome, Optional<CallResult> result, OptionalLong seq)
      implements TimelineEvent {}

  record StepStarted(EngineEvent.Step step) implements TimelineEvent {}

  /// @param result empty in timelines that do not keep it
  record StepCompleted(EngineEvent.Step step, Optional<CallResult> result)
      implements TimelineEvent {}

  /// @param path of the call in the flow tree; empty in timelines that do not keep it
  /// @param costUsd of the whole call; empty where nobody knows
  record AgentCall(CallRecord record, Optional<String> path, Optional<BigDecimal> costUsd)
      implements TimelineEvent {}

  /// A call of a strategy that an agent launched; never restored into an agent.
  ///
  /// @param costUsd as that of [AgentCall]
  record SubAgentCall(String launchId, String path, CallRecord record, Optional<BigDecimal> costUsd)
      implements TimelineEvent {}

  /// What a summary of an agent's conversation has spent, beside its calls.
  record SummaryMade(String agentName, String path, Spent spent) implements TimelineEvent {}

  record ConversationRetention(RetentionEvent event) implements TimelineEvent {}

  /// @param human whether a person said it, not an agent
  /// @param path of the call that it was said to; empty for an answer to a question, and in
  ///   timelines that do not keep it
  /// @param steeringId which queued text an agent has taken; empty: none, it is an answer
  record UserInput(
      String agentName,
      String text,
      boolean human,
      Optional<String> path,
      Optional<String> steeringId)
      implements TimelineEvent {}

  record PermissionDecided(
      People.Decision decision, String agentName, String toolName, String resource)
      implements TimelineEvent {}

  record ToolMutated(EngineEvent.ToolMutation mutation) implements TimelineEvent {}

  record ToolCalled(EngineEvent.ToolStarted call) implements TimelineEvent {}

  record ToolResult(EngineEvent.ToolEnded result) implements TimelineEvent {}

  record ModelTurn(EngineEvent.ModelTurn turn) implements TimelineEvent {}

  /// What a stopped or failed call had said so far.
  record AgentPartial(Partial partial) implements TimelineEvent {}

  /// A text for the next agent call, when it was queued.
  record Steering(String id, String text) implements TimelineEvent {}

  /// Names the newest number of the run's message stream, see [SeqCeiling].
  record SeqMark(long seq) implements TimelineEvent {}

  /// An event of a type we do not read, or one whose fields are not as they should be; kept out of
  /// every computation.
  record Other(String type) implements TimelineEvent {}

  /// What an agent has said in a call that has not ended.
  ///
  /// @param toolCalls those that have no result yet
  record Partial(
      String agentName, String path, String text, String thinking, List<OpenToolCall> toolCalls) {
    public Partial {
      toolCalls = List.copyOf(toolCalls);
    }

    public boolean isEmpty() {
      return text.isEmpty() && thinking.isEmpty() && toolCalls.isEmpty();
    }

    /// Its JSON form, without a type.
    public JsonNode toJson() {
      return PartialJson.write(this);
    }
  }

  record OpenToolCall(String toolCallId, String toolName, String arguments) {}
}
