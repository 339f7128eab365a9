package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.Transcript;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Walks a timeline, entry by entry, and says what it has come to. Not thread-safe.
///
/// How a run stands is what its last segment says, beside the conversation and the message numbers.
public final class HistoryBuilder {
  private final Conversation conversation;
  // Of the last segment, what its state, result and partials come from.
  private final List<TimelineEntry> standing = new ArrayList<>();
  private RunState state = new RunState.Absent();
  private long lastSeq;

  public HistoryBuilder() {
    this(new Conversation());
  }

  private HistoryBuilder(Conversation conversation) {
    this.conversation = conversation;
  }

  /// Where a walk stands: all that is needed to go on from there.
  ///
  /// @param standing those entries of the last segment that say how the run stands, in order
  public record Position(Transcript transcript, List<TimelineEntry> standing, long lastSeq) {
    public Position {
      standing = List.copyOf(standing);
    }
  }

  /// Goes on from where another walk stood.
  public static HistoryBuilder from(Position position) {
    HistoryBuilder builder = new HistoryBuilder(Conversation.from(position.transcript()));
    position.standing().forEach(builder::stand);
    builder.lastSeq = position.lastSeq();
    return builder;
  }

  /// Takes the next entry in.
  public void step(TimelineEntry entry) {
    switch (entry.event()) {
      case RunStarted started -> {
        if (!started.resumes()) {
          conversation.closePrompt();
        }
        started.initialInput().filter(input -> !input.isEmpty()).ifPresent(conversation::prompt);
        stand(entry);
      }
      case TimelineEvent.RunCompleted _, TimelineEvent.AgentPartial _ -> stand(entry);
      case TimelineEvent.SeqMark(var seq) -> lastSeq = Math.max(lastSeq, seq);
      case TimelineEvent.AgentCall(var record, var _, var _) -> conversation.add(record);
      case TimelineEvent.ConversationRetention(var event) -> conversation.apply(event);
      case TimelineEvent.StepStarted _,
          TimelineEvent.StepCompleted _,
          TimelineEvent.SubAgentCall _,
          TimelineEvent.SummaryMade _,
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

  private void stand(TimelineEntry entry) {
    if (entry.event() instanceof RunStarted started) {
      standing.clear();
      lastSeq = Math.max(lastSeq, started.seq().orElse(0));
    }
    if (entry.event() instanceof TimelineEvent.RunCompleted completed) {
      standing.removeIf(before -> before.event() instanceof TimelineEvent.RunCompleted);
      lastSeq = Math.max(lastSeq, completed.seq().orElse(0));
    }
    state = RunStates.after(state, entry.event());
    standing.add(entry);
  }

  /// What the entries so far come to.
  public History build() {
    Optional<RunStarted> latestStart = Optional.empty();
    Optional<CallResult> result = Optional.empty();
    List<Partial> partials = new ArrayList<>();
    for (TimelineEntry entry : standing) {
      if (entry.event() instanceof RunStarted started) {
        latestStart = Optional.of(started);
      } else if (entry.event() instanceof TimelineEvent.RunCompleted completed) {
        result = completed.result();
      } else if (entry.event() instanceof TimelineEvent.AgentPartial(var partial)) {
        partials.add(partial);
      }
    }
    return new History(
        latestStart,
        state,
        result,
        conversation.transcript(),
        partials,
        state instanceof RunState.Running ? SeqCeiling.afterUncleanEnd(lastSeq) : lastSeq);
  }

  /// Where it stands.
  public Position position() {
    return new Position(conversation.transcript(), standing, lastSeq);
  }
}
