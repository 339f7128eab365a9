package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Walks a timeline, entry by entry, and says what it has come to. Not thread-safe.
public final class HistoryBuilder {
  private final Conversation conversation = new Conversation();
  private Optional<RunStarted> latestStart = Optional.empty();
  private RunState state = new RunState.Absent();
  private final List<Partial> partials = new ArrayList<>();
  private Optional<CallResult> result = Optional.empty();
  private long lastSeq;

  /// Takes the next entry in.
  public void step(TimelineEntry entry) {
    state = RunStates.after(state, entry.event());
    switch (entry.event()) {
      case RunStarted started -> {
        if (!started.resumes()) {
          conversation.closePrompt();
        }
        started.initialInput().filter(input -> !input.isEmpty()).ifPresent(conversation::prompt);
        latestStart = Optional.of(started);
        result = Optional.empty();
        partials.clear();
        lastSeq = Math.max(lastSeq, started.seq().orElse(0));
      }
      case TimelineEvent.RunCompleted completed -> {
        result = completed.result();
        lastSeq = Math.max(lastSeq, completed.seq().orElse(0));
      }
      case TimelineEvent.SeqMark(var seq) -> lastSeq = Math.max(lastSeq, seq);
      case TimelineEvent.AgentCall(var record, var _) -> conversation.add(record);
      case TimelineEvent.AgentPartial(var partial) -> partials.add(partial);
      case TimelineEvent.ConversationRetention(var event) -> conversation.apply(event);
      case TimelineEvent.StepStarted _,
          TimelineEvent.StepCompleted _,
          TimelineEvent.SubAgentCall _,
          TimelineEvent.UserInput _,
          TimelineEvent.PermissionDecided _,
          TimelineEvent.ToolMutated _,
          TimelineEvent.ToolCalled _,
          TimelineEvent.ToolResult _,
          TimelineEvent.ModelTurn _,
          TimelineEvent.Steering _,
          TimelineEvent.Other _ -> {}
    }
  }

  /// What the entries so far come to.
  public History build() {
    return new History(
        latestStart,
        state,
        result,
        conversation.records(),
        conversation.retentionEvents(),
        conversation.inputs(),
        partials,
        state instanceof RunState.Running ? SeqCeiling.afterUncleanEnd(lastSeq) : lastSeq);
  }
}
