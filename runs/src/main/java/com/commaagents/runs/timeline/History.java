package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.List;
import java.util.Optional;

/// What a run's timeline comes to: its conversation, its human prompts, and how it stands.
///
/// Pure: rebuilt from the entries alone, the same for our own files and the public daemon's.
///
/// @param latestStart of the last segment; empty when there is no segment
/// @param result what the last segment came to, where it completed and its timeline keeps that
/// @param prompts the human prompts, each with the first record that followed it in its segment
/// @param state after the last entry; running when the last segment has no end
/// @param lastSeq the highest message number any entry names
public record History(
    Optional<RunStarted> latestStart,
    RunState state,
    Optional<CallResult> result,
    List<CallRecord> records,
    List<RetentionEvent> retentionEvents,
    List<Conversation.Input> prompts,
    long lastSeq) {
  public History {
    records = List.copyOf(records);
    retentionEvents = List.copyOf(retentionEvents);
    prompts = List.copyOf(prompts);
  }

  /// A run nobody has started yet.
  public static final History NONE =
      new History(
          Optional.empty(),
          new RunState.Absent(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          0);

  /// Walks the entries in order.
  public static History of(List<TimelineEntry> entries) {
    Walk walk = new Walk();
    entries.forEach(walk::step);
    return walk.end();
  }

  private static final class Walk {
    private final Conversation conversation = new Conversation();
    private Optional<RunStarted> latestStart = Optional.empty();
    private RunState state = new RunState.Absent();
    private Optional<CallResult> result = Optional.empty();
    private long lastSeq;

    void step(TimelineEntry entry) {
      state = RunStates.after(state, entry.event());
      switch (entry.event()) {
        case RunStarted started -> {
          conversation.closePrompt();
          started.initialInput().filter(input -> !input.isEmpty()).ifPresent(conversation::prompt);
          latestStart = Optional.of(started);
          result = Optional.empty();
          lastSeq = Math.max(lastSeq, started.seq().orElse(0));
        }
        case TimelineEvent.RunCompleted completed -> {
          result = completed.result();
          lastSeq = Math.max(lastSeq, completed.seq().orElse(0));
        }
        case TimelineEvent.AgentCall(var record) -> conversation.add(record);
        case TimelineEvent.ConversationRetention(var event) -> conversation.apply(event);
        case TimelineEvent.StepStarted _,
            TimelineEvent.StepCompleted _,
            TimelineEvent.UserInput _,
            TimelineEvent.PermissionDecided _,
            TimelineEvent.ToolMutated _,
            TimelineEvent.ToolCalled _,
            TimelineEvent.ToolResult _,
            TimelineEvent.ModelTurn _,
            TimelineEvent.AgentPartial _,
            TimelineEvent.Steering _,
            TimelineEvent.Other _ -> {}
      }
    }

    History end() {
      return new History(
          latestStart,
          state,
          result,
          conversation.records(),
          conversation.retentionEvents(),
          conversation.inputs(),
          lastSeq);
    }
  }
}
