package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts a streamed answer together, in time linear in its length.
///
/// Limits: [#MAX_CHARACTERS] of text, thinking and arguments in one answer; beyond, the call fails.
/// Used by one thread.
final class TurnBuilder {
  static final int MAX_CHARACTERS = 16 << 20;

  private final List<Piece> pieces = new ArrayList<>();
  private final Map<String, Thought> thoughts = new HashMap<>();
  private final List<ModelPart.ToolCall> calls = new ArrayList<>();
  private long characters;

  void add(ModelPart part) {
    switch (part) {
      case ModelPart.Text(var text) -> {
        count(text);
        openText().append(text);
      }
      case ModelPart.ThinkingStart(var id) -> thought(id);
      case ModelPart.Thinking(var id, var text) -> {
        count(text);
        thought(id).text.append(text);
      }
      case ModelPart.ThinkingEnd(var id, var providerOptions) ->
          thought(id).providerOptions = providerOptions;
      case ModelPart.ToolCall call -> {
        count(call.arguments());
        calls.add(call);
        pieces.add(new Call(call));
      }
    }
  }

  private void count(String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw new Fault(
          FaultCode.UPSTREAM,
          "the model's answer is longer than "
              + MAX_CHARACTERS
              + " characters; set modelOptions.maxOutputTokens to bound it");
    }
  }

  private StringBuilder openText() {
    if (pieces.isEmpty() || !(pieces.getLast() instanceof Said)) {
      pieces.add(new Said(new StringBuilder()));
    }
    return ((Said) pieces.getLast()).text();
  }

  private Thought thought(String id) {
    return thoughts.computeIfAbsent(
        id,
        _ -> {
          Thought fresh = new Thought();
          pieces.add(fresh);
          return fresh;
        });
  }

  Turn build(TurnEnd end, Spent spent) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Said(var said) -> {
          text.append(said);
          parts.add(Part.text(said.toString()));
        }
        case Thought thought -> {
          Part.Reasoning part = thought.part();
          if (!part.text().isEmpty() || !part.providerOptions().isEmpty()) {
            parts.add(part);
          }
        }
        case Call(var call) -> parts.add(conversationPart(call));
      }
    }
    return new Turn(List.copyOf(parts), text.toString(), List.copyOf(calls), end, spent);
  }

  /// A call as the conversation has it.
  static Part conversationPart(ModelPart.ToolCall call) {
    JsonNode input =
        ToolArguments.parse(call.arguments())
            .orElseGet(() -> Json.mapper().getNodeFactory().stringNode(call.arguments()));
    return Part.toolCall(call.toolCallId(), call.toolName(), input).with(call.providerOptions());
  }

  private sealed interface Piece {}

  private record Said(StringBuilder text) implements Piece {}

  private record Call(ModelPart.ToolCall call) implements Piece {}

  private static final class Thought implements Piece {
    final StringBuilder text = new StringBuilder();
    @Nullable JsonNode providerOptions;

    Part.Reasoning part() {
      return Part.reasoning(
          text.toString(), providerOptions == null ? Part.NO_EXTRA : providerOptions);
    }
  }
}
