package com.commaagents.engine.agent;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.util.List;
import java.util.Optional;

/// The round-trips of one call: those that are recorded, in order, then new ones, which are
/// journalled. Used by one thread.
final class CallTurns {
  private final Journal journal;
  private final Speaker speaker;
  private final Message.User asked;
  private final String callId;
  private final List<RecordedTurn> before;
  private int index;
  private int steeredAt = -1;

  CallTurns(
      Journal journal, Speaker speaker, Message.User asked, RecordedCall before, IdGenerator ids) {
    this.journal = journal;
    this.speaker = speaker;
    this.asked = asked;
    this.callId = before.begun().map(RecordedCall.Begun::callId).orElseGet(ids::next);
    this.before = before.begun().isPresent() ? before.turns() : List.of();
  }

  /// The id of the call's later record.
  String callId() {
    return callId;
  }

  /// What the call was asked.
  Message.User asked() {
    return asked;
  }

  /// Of the round-trip that comes next.
  int index() {
    return index;
  }

  /// Whether more is recorded than was asked for so far: all that comes before it was told.
  boolean replaying() {
    return index < before.size();
  }

  /// What was steered before the round-trip that is recorded next; given once.
  List<String> steering() {
    boolean first = steeredAt < index;
    steeredAt = index;
    return first ? before.get(index).steering() : List.of();
  }

  /// What is recorded of the round-trip that comes next.
  Optional<RecordedTurn> next() {
    return replaying() ? Optional.of(before.get(index)) : Optional.empty();
  }

  /// Goes on behind a round-trip, which is journalled where it was not recorded.
  void keep(Turn turn, Optional<RecordedTurn> known) throws InterruptedException {
    if (known.isEmpty()) {
      journal.add(
          new EngineEvent.ModelTurn(
              speaker.agentName(),
              speaker.path(),
              callId,
              index,
              index == 0 ? Optional.of(asked) : Optional.empty(),
              Message.assistant(turn.parts()),
              turn.spent(),
              turn.end().contextUsage(),
              turn.end().finishReason()));
    }
    index++;
  }
}
