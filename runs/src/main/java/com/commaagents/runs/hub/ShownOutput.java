package com.commaagents.runs.hub;

import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice.ToolOutputShown;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/// The newest of what tools have said in calls that still run, for clients that come meanwhile.
///
/// Limits: [#MAX_CHARACTERS] and [#MAX_PIECES] over all calls of the run; beyond either the oldest
/// pieces go first. What a call has said goes with its result.
///
/// Not thread-safe: it belongs to its channel.
final class ShownOutput {
  static final int MAX_CHARACTERS = 256 << 10;
  static final int MAX_PIECES = 4096;

  private final ArrayDeque<ToolOutputShown> pieces = new ArrayDeque<>();
  private int characters;

  void add(ToolOutputShown piece) {
    pieces.add(piece);
    characters += length(piece);
    while (characters > MAX_CHARACTERS || pieces.size() > MAX_PIECES) {
      characters -= length(pieces.remove());
    }
  }

  /// Gives up what belongs to calls that a message ends.
  void endCalls(RunMessage message) {
    if (pieces.isEmpty()) {
      return;
    }
    switch (message) {
      case RunMessage.AgentStreaming(var speaker, StreamEvent.ToolResult result) ->
          drop(output -> isOf(speaker.path(), result.toolCallId(), output));
      case RunMessage.StrategyCompleted _, RunMessage.StrategyFailed _ -> drop(output -> true);
      default -> {
        // All else leaves calls running.
      }
    }
  }

  /// What there is, oldest first.
  List<ToolOutputShown> pieces() {
    return List.copyOf(pieces);
  }

  // What a strategy said that the call has launched is the call's too.
  private static boolean isOf(String path, String toolCallId, ToolOutput output) {
    return output.path().equals(path)
        ? output.toolCallId().equals(toolCallId)
        : output.path().startsWith(path + "/launch[" + toolCallId + "]/");
  }

  private void drop(Predicate<ToolOutput> which) {
    pieces.removeIf(piece -> which.test(piece.output()));
    characters = pieces.stream().mapToInt(ShownOutput::length).sum();
  }

  private static int length(ToolOutputShown piece) {
    return piece.output().text().length();
  }
}
