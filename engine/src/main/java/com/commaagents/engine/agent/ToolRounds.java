package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.plugin.AgentWork.ToolUse;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tools that an agent calls by itself, as the round-trip of a model that would ask for exactly
/// these. Such a round-trip is known by the ids of its calls.
final class ToolRounds {
  private ToolRounds() {}

  static Turn turn(String callId, int index, List<ToolUse> uses) {
    List<Part> parts = new ArrayList<>();
    List<ModelPart.ToolCall> calls = new ArrayList<>();
    for (ToolUse use : uses) {
      ModelPart.ToolCall call =
          new ModelPart.ToolCall(
              prefix(callId, index) + calls.size(), use.tool(), Json.write(use.arguments()));
      calls.add(call);
      // Read from what was written, as a timeline is: there are several nodes for one number.
      parts.add(TurnBuilder.conversationPart(call));
    }
    TurnEnd end = new TurnEnd(FinishReason.TOOL_CALLS, Usage.NONE, Optional.empty());
    return new Turn(parts, "", calls, end, Spent.NOTHING);
  }

  /// Whether no model was asked in a round-trip.
  static boolean is(RecordedTurn recorded) {
    String prefix = prefix(recorded.turn().callId(), recorded.turn().index());
    return recorded.turn().message().content().asParts().stream()
        .anyMatch(
            part -> part instanceof Part.ToolCall call && call.toolCallId().startsWith(prefix));
  }

  private static String prefix(String callId, int turn) {
    return callId + "-" + turn + "-";
  }
}
