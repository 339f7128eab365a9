package com.commaagents.engine.agent;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.event.EngineEvent.ModelTurn;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A recorded round-trip as the one it was.
final class RecordedTurns {
  private RecordedTurns() {}

  static Turn turn(RecordedTurn recorded) {
    ModelTurn turn = recorded.turn();
    Message.Content content = turn.message().content();
    List<ModelPart.ToolCall> calls = new ArrayList<>();
    for (Part part : content.asParts()) {
      if (part instanceof Part.ToolCall call) {
        calls.add(call(call, recorded.started()));
      }
    }
    TurnEnd end = new TurnEnd(turn.finishReason(), turn.spent().usage(), turn.contextUsage());
    return new Turn(content.asParts(), content.text(), calls, end, turn.spent());
  }

  private static ModelPart.ToolCall call(Part.ToolCall call, Map<String, String> started) {
    String arguments = started.get(call.toolCallId());
    return new ModelPart.ToolCall(
        call.toolCallId(),
        call.toolName(),
        arguments == null ? argumentsOf(call.input()) : arguments);
  }

  // The conversation holds arguments that were no JSON as one string.
  private static String argumentsOf(JsonNode input) {
    return input.isString() ? input.stringValue() : Json.write(input);
  }
}
