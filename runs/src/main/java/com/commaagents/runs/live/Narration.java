package com.commaagents.runs.live;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.Optional;

/// What an engine event means for the timeline and for clients.
///
/// @param kept what is written; empty: nothing is
/// @param told what is published after it; empty: nothing is
record Narration(Optional<TimelineEvent> kept, Optional<RunMessage> told) {

  static Narration of(EngineEvent event) {
    return switch (event) {
      case EngineEvent.StepStarted(var step, var message) ->
          both(new TimelineEvent.StepStarted(step), new RunMessage.StepStarted(step, message));
      case EngineEvent.StepCompleted(var step, var result) ->
          both(
              new TimelineEvent.StepCompleted(step, Optional.of(result)),
              new RunMessage.StepCompleted(step, result));
      case EngineEvent.Streaming(var speaker, var streamed) ->
          told(new RunMessage.AgentStreaming(speaker, streamed));
      case EngineEvent.AgentOutput(var speaker, var text, var usage, var contextUsage) ->
          told(new RunMessage.AgentOutput(speaker, text, usage, contextUsage));
      case EngineEvent.CallRecorded(var path, var record, var cost) ->
          kept(new TimelineEvent.AgentCall(record, Optional.of(path), cost));
      case EngineEvent.LaunchedCallRecorded(var launchId, var path, var record, var cost) ->
          kept(new TimelineEvent.SubAgentCall(launchId, path, record, cost));
      case EngineEvent.ConversationCompacted(var _, var retention) ->
          kept(new TimelineEvent.ConversationRetention(retention));
      case EngineEvent.SummaryMade(var agentName, var path, var spent) ->
          kept(new TimelineEvent.SummaryMade(agentName, path, spent));
      case EngineEvent.ModelTurn turn -> kept(new TimelineEvent.ModelTurn(turn));
      case EngineEvent.ToolStarted call -> kept(new TimelineEvent.ToolCalled(call));
      case EngineEvent.ToolEnded result -> kept(new TimelineEvent.ToolResult(result));
      case EngineEvent.ToolMutation mutation -> kept(new TimelineEvent.ToolMutated(mutation));
      case EngineEvent.PolicyUpdated(var toolName, var policies) ->
          told(new RunMessage.PolicyUpdated(toolName, policies));
    };
  }

  private static Narration both(TimelineEvent kept, RunMessage told) {
    return new Narration(Optional.of(kept), Optional.of(told));
  }

  private static Narration kept(TimelineEvent kept) {
    return new Narration(Optional.of(kept), Optional.empty());
  }

  private static Narration told(RunMessage told) {
    return new Narration(Optional.empty(), Optional.of(told));
  }
}
