package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.util.List;
import java.util.Optional;

/// The round-trips of one call of an agent of an added type: those that are recorded, in order,
/// then new ones, which are journalled. Used by one thread.
///
/// Limit: [CustomCall#MAX_TURNS].
final class ReplayedTurns {
  private final Journal journal;
  private final Speaker speaker;
  private final Message.User asked;
  private final String callId;
  private final List<RecordedTurn> before;
  private int index;
  private int steeredAt = -1;

  ReplayedTurns(
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
  ///
  /// @throws Fault `LIMIT_EXCEEDED` when it is one too many
  Optional<RecordedTurn> next() {
    if (index >= CustomCall.MAX_TURNS) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "a call of an agent of an added type asks models and uses tools at most "
              + CustomCall.MAX_TURNS
              + " times");
    }
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
              turn.end().usage(),
              turn.end().contextUsage(),
              turn.end().finishReason()));
    }
    index++;
  }

  /// @throws Fault `CONFLICT` when what is recorded is something else than what was asked for
  static void requireSame(boolean same) {
    if (!same) {
      throw new Fault(
          FaultCode.CONFLICT,
          "the agent does not ask for what it had asked for before the interruption; continue the"
              + " run with a further prompt instead");
    }
  }
}
