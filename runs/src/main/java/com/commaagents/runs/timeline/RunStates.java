package com.commaagents.runs.timeline;

import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunEvent;
import com.commaagents.runs.lifecycle.RunState;

/// What a timeline's events mean for the life of its run.
public final class RunStates {
  private RunStates() {}

  /// The state after an event of a timeline; most leave it as it is.
  public static RunState after(RunState state, TimelineEvent event) {
    return switch (event) {
      case TimelineEvent.RunStarted _ -> Lifecycle.after(state, new RunEvent.Started());
      case TimelineEvent.RunCompleted completed ->
          Lifecycle.after(state, new RunEvent.Ended(completed.outcome()));
      case TimelineEvent.StepStarted _,
          TimelineEvent.StepCompleted _,
          TimelineEvent.AgentCall _,
          TimelineEvent.ConversationRetention _,
          TimelineEvent.SubAgentCall _,
          TimelineEvent.SummaryMade _,
          TimelineEvent.UserInput _,
          TimelineEvent.PermissionDecided _,
          TimelineEvent.ToolMutated _,
          TimelineEvent.ToolCalled _,
          TimelineEvent.ToolResult _,
          TimelineEvent.ModelTurn _,
          TimelineEvent.AgentPartial _,
          TimelineEvent.Steering _,
          TimelineEvent.SeqMark _,
          TimelineEvent.Other _ ->
          state;
    };
  }
}
