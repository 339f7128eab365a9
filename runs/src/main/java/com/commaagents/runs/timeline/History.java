package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.Transcript;
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
/// @param state after the last entry; running when the last segment has no end
/// @param result what the last segment came to, where it completed and its timeline keeps that
/// @param transcript what was said; of a very long conversation the newest
/// @param partials what the stopped or failed calls of the last segment had said
/// @param lastSeq the highest message number any entry names
public record History(
    Optional<RunStarted> latestStart,
    RunState state,
    Optional<CallResult> result,
    Transcript transcript,
    List<Partial> partials,
    long lastSeq) {
  public History {
    partials = List.copyOf(partials);
  }

  /// A run nobody has started yet.
  public static final History NONE = new HistoryBuilder().build();

  /// Walks the entries in order.
  public static History of(List<TimelineEntry> entries) {
    HistoryBuilder builder = new HistoryBuilder();
    entries.forEach(builder::step);
    return builder.build();
  }

  /// The records that the transcript shows; reads them anew.
  public List<CallRecord> records() {
    return transcript.records();
  }

  /// The human prompts, each with the first record that followed it in its segment.
  public List<Conversation.Input> prompts() {
    return transcript.inputs();
  }
}
