package com.commaagents.models.anthropic;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.EventSink;
import com.commaagents.models.http.ProviderErrors;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// One streamed answer: events in, parts out. Not thread-safe.
///
/// Content comes in blocks; a block's parts are handed over as they come, a tool call when its
/// block stops. Events and blocks of a type we do not know are skipped, as the API asks.
///
/// Limits: [#MAX_BLOCKS] blocks open at once, [#MAX_ARGUMENT_CHARACTERS] of tool arguments in all.
final class MessageStream implements EventSink {
  static final int MAX_BLOCKS = 1_000;
  static final int MAX_ARGUMENT_CHARACTERS = 16 << 20;

  private static final ObjectReader READER = Json.mapper().readerFor(JsonNode.class);

  private final ProviderErrors errors;
  private final PartListener listener;

  private final Map<Integer, Block> open = new HashMap<>();
  private final TokenCount tokens = new TokenCount();
  private int argumentCharacters;
  private String stopReason = "";
  private boolean stopped;

  private sealed interface Block {
    /// @param signature grows with the block's signature deltas
    record Thinking(String id, StringBuilder signature) implements Block {}

    record Redacted(String id, String data) implements Block {}

    /// @param whole the arguments as the block's start had them; used when no piece follows
    record ToolUse(String id, String name, JsonNode whole, StringBuilder pieces) implements Block {}
  }

  MessageStream(ProviderErrors errors, PartListener listener) {
    this.errors = errors;
    this.listener = listener;
  }

  @Override
  public boolean event(byte[] bytes, int offset, int length)
      throws ModelFailure, InterruptedException {
    JsonNode event = parse(bytes, offset, length);
    switch (event.path("type").stringValue("")) {
      case "content_block_delta" -> delta(index(event), event.path("delta"));
      case "content_block_start" -> start(index(event), event.path("content_block"));
      case "content_block_stop" -> stop(index(event));
      case "message_start" -> tokens.take(event.path("message").path("usage"));
      case "message_delta" -> {
        tokens.take(event.path("usage"));
        stopReason = event.path("delta").path("stop_reason").stringValue(stopReason);
      }
      case "message_stop" -> {
        endOpenBlocks();
        stopped = true;
      }
      case "error" -> throw errors.midStream(event.path("error"));
      default -> {}
    }
    return stopped;
  }

  @Override
  public boolean finished() {
    return stopped;
  }

  TurnEnd end() {
    FinishReason reason =
        switch (stopReason) {
          case "end_turn", "stop_sequence" -> FinishReason.STOP;
          case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
          case "tool_use" -> FinishReason.TOOL_CALLS;
          case "refusal" -> FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        };
    return new TurnEnd(reason, tokens.usage(), tokens.contextUsage());
  }

  private JsonNode parse(byte[] bytes, int offset, int length) throws ModelFailure {
    try {
      return READER.readTree(bytes, offset, length);
    } catch (JacksonException _) {
      throw errors.unusable("an event of its stream is no JSON");
    }
  }

  private static int index(JsonNode event) {
    return Json.integer(event, "index").orElse(0);
  }

  private void start(int index, JsonNode content) throws ModelFailure, InterruptedException {
    if (open.size() >= MAX_BLOCKS) {
      throw errors.unusable("it has more than " + MAX_BLOCKS + " open blocks");
    }
    String id = "thinking-" + index;
    switch (content.path("type").stringValue("")) {
      case "text" -> text(content.path("text").stringValue(""));
      case "thinking" -> {
        String signature = content.path("signature").stringValue("");
        open.put(index, new Block.Thinking(id, new StringBuilder(signature)));
        listener.part(new ModelPart.ThinkingStart(id));
        thinking(id, content.path("thinking").stringValue(""));
      }
      case "redacted_thinking" -> {
        open.put(index, new Block.Redacted(id, content.path("data").stringValue("")));
        listener.part(new ModelPart.ThinkingStart(id));
      }
      case "tool_use" ->
          open.put(
              index,
              new Block.ToolUse(
                  content.path("id").stringValue(""),
                  content.path("name").stringValue(""),
                  content.path("input"),
                  new StringBuilder()));
      default -> {}
    }
  }

  private void delta(int index, JsonNode delta) throws ModelFailure, InterruptedException {
    switch (delta.path("type").stringValue("")) {
      case "text_delta" -> text(delta.path("text").stringValue(""));
      case "thinking_delta" -> {
        if (open.get(index) instanceof Block.Thinking(var id, var _)) {
          thinking(id, delta.path("thinking").stringValue(""));
        }
      }
      case "signature_delta" -> {
        if (open.get(index) instanceof Block.Thinking(var _, var signature)) {
          signature.append(delta.path("signature").stringValue(""));
        }
      }
      case "input_json_delta" -> {
        if (open.get(index) instanceof Block.ToolUse(var _, var _, var _, var pieces)) {
          pieces.append(argumentPiece(delta.path("partial_json").stringValue("")));
        }
      }
      default -> {}
    }
  }

  private String argumentPiece(String piece) throws ModelFailure {
    argumentCharacters += piece.length();
    if (argumentCharacters > MAX_ARGUMENT_CHARACTERS) {
      throw errors.unusable(
          "its tool arguments have more than " + MAX_ARGUMENT_CHARACTERS + " characters");
    }
    return piece;
  }

  private void text(String text) throws InterruptedException {
    if (!text.isEmpty()) {
      listener.part(new ModelPart.Text(text));
    }
  }

  private void thinking(String id, String text) throws InterruptedException {
    if (!text.isEmpty()) {
      listener.part(new ModelPart.Thinking(id, text));
    }
  }

  private void endOpenBlocks() throws InterruptedException {
    for (int index : open.keySet().stream().sorted().toList()) {
      stop(index);
    }
  }

  private void stop(int index) throws InterruptedException {
    switch (open.remove(index)) {
      case Block.Thinking(var id, var signature) ->
          endThinking(id, "signature", signature.toString());
      case Block.Redacted(var id, var data) -> endThinking(id, "redactedData", data);
      case Block.ToolUse(var id, var name, var whole, var pieces) -> {
        String arguments =
            pieces.isEmpty() ? Json.write(whole.isObject() ? whole : Json.object()) : "" + pieces;
        listener.part(new ModelPart.ToolCall(id, name, arguments));
      }
      case null -> {}
    }
  }

  private void endThinking(String id, String field, String value) throws InterruptedException {
    JsonNode options =
        value.isEmpty()
            ? Json.object()
            : Json.object().set("anthropic", Json.object().put(field, value));
    listener.part(new ModelPart.ThinkingEnd(id, options));
  }
}
