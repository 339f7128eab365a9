package com.commaagents.engine.resume;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent.ModelTurn;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of one agent call that may have been interrupted.
///
/// @param record the completed call; then nothing else counts
/// @param answer what a person said to a user agent
/// @param turns the round-trips of a call that was not completed, from the first on
public record RecordedCall(
    Optional<CallRecord> record, Optional<String> answer, List<RecordedTurn> turns) {
  /// A call that was not begun.
  public static final RecordedCall NONE =
      new RecordedCall(Optional.empty(), Optional.empty(), List.of());

  public RecordedCall {
    turns = List.copyOf(turns);
  }

  /// The id the call has and what it asked, where a round-trip of it is recorded.
  public Optional<Begun> begun() {
    return turns.stream()
        .findFirst()
        .map(RecordedTurn::turn)
        .flatMap(first -> first.userMessage().map(asked -> new Begun(first.callId(), asked)));
  }

  /// @param asked with the steering that was merged into it
  public record Begun(String callId, Message.User asked) {}

  /// A round-trip and what became of its tool calls.
  ///
  /// @param started the raw arguments of the tool calls that were begun, by their ids
  /// @param results the outcomes of those that ended, by their ids
  /// @param inside what agents had done inside of those that did not end, by their ids
  /// @param steering what people had steered and the call took before this, after the one before
  public record RecordedTurn(
      ModelTurn turn,
      Map<String, String> started,
      Map<String, ToolOutcome> results,
      Map<String, Recording> inside,
      List<String> steering) {
    public RecordedTurn {
      steering = List.copyOf(steering);
      inside = Map.copyOf(inside);
      started = Map.copyOf(started);
      results = Map.copyOf(results);
    }
  }
}
