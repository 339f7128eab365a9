package com.commaagents.models.testing;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.util.ArrayList;
import java.util.List;

/// A whole answer.
public record Collected(List<ModelPart> parts, TurnEnd end) {

  public static Collected from(Model model, ModelRequest request)
      throws ModelFailure, InterruptedException {
    List<ModelPart> parts = new ArrayList<>();
    TurnEnd end = model.generate(request, parts::add);
    return new Collected(List.copyOf(parts), end);
  }

  /// An answer without text as parts of a conversation.
  public static List<Part> conversation(List<ModelPart> parts) {
    List<Part> result = new ArrayList<>();
    StringBuilder thought = new StringBuilder();
    for (ModelPart part : parts) {
      switch (part) {
        case ModelPart.ThinkingStart _ -> thought.setLength(0);
        case ModelPart.Thinking(var _, var text) -> thought.append(text);
        case ModelPart.ThinkingEnd(var _, var options) ->
            result.add(Part.reasoning(thought.toString(), options));
        case ModelPart.ToolCall call ->
            result.add(
                Part.toolCall(
                        call.toolCallId(),
                        call.toolName(),
                        Json.parse(call.arguments()).orElseThrow())
                    .with(call.providerOptions()));
        case ModelPart.Text(var text) -> result.add(Part.text(text));
      }
    }
    return result;
  }

  /// The failure of a call that must fail.
  public static ModelFailure failure(Model model, ModelRequest request)
      throws InterruptedException {
    try {
      throw new AssertionError("did not fail: " + from(model, request));
    } catch (ModelFailure failure) {
      return failure;
    }
  }
}
