package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
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
/// @param partials what the stopped or failed calls of the last segment had said
/// @param lastSeq the highest message number any entry names
public record History(
    Optional<RunStarted> latestStart,
    RunState state,
    Optional<CallResult> result,
    List<CallRecord> records,
    List<RetentionEvent> retentionEvents,
    List<Conversation.Input> prompts,
    List<Partial> partials,
    long lastSeq) {
  public History {
    records = List.copyOf(records);
    retentionEvents = List.copyOf(retentionEvents);
    prompts = List.copyOf(prompts);
    partials = List.copyOf(partials);
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
          List.of(),
          0);

  /// Walks the entries in order.
  public static History of(List<TimelineEntry> entries) {
    HistoryBuilder builder = new HistoryBuilder();
    entries.forEach(builder::step);
    return builder.build();
  }
}
