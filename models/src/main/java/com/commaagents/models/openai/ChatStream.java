package com.commaagents.models.openai;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.EventSink;
import com.commaagents.models.http.ProviderErrors;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One streamed answer: chunks in, parts out. Not thread-safe.
///
/// Thinking lasts until text, a tool call or the end comes; what is thought after that is a
/// thinking of its own. The stream's last event is `[DONE]`; usage may come before or after the
/// finish reason, the latest counts.
final class ChatStream implements EventSink {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final ProviderErrors errors;
  private final PartListener listener;
  private final ChunkReader chunk = new ChunkReader();
  private final ToolCallAssembly toolCalls;

  private int thinkingCount;
  private boolean isThinking;
  private String finishReason = "";
  private JsonNode usage = MissingNode.getInstance();

  ChatStream(ProviderErrors errors, IdGenerator ids, PartListener listener) {
    this.errors = errors;
    this.listener = listener;
    this.toolCalls = new ToolCallAssembly(errors, ids, listener);
  }

  @Override
  public boolean event(byte[] bytes, int offset, int length)
      throws ModelFailure, InterruptedException {
    if (isDone(bytes, offset, length)) {
      return true;
    }
    try {
      chunk.read(bytes, offset, length);
    } catch (JacksonException _) {
      throw errors.unusable("an event of its stream is no JSON");
    }
    if (!chunk.error.isMissingNode() && !chunk.error.isNull()) {
      throw errors.midStream(chunk.error);
    }
    passOn();
    return false;
  }

  @Override
  public boolean finished() {
    return !finishReason.isEmpty();
  }

  TurnEnd end() {
    return new TurnEnd(reason(), usage(), contextUsage());
  }

  private static boolean isDone(byte[] bytes, int offset, int length) {
    if (length < DONE.length || bytes[offset] != '[') {
      return false;
    }
    for (int i = 0; i < DONE.length; i++) {
      if (bytes[offset + i] != DONE[i]) {
        return false;
      }
    }
    return true;
  }

  private void passOn() throws ModelFailure, InterruptedException {
    if (!chunk.thinking.isEmpty()) {
      think(chunk.thinking);
    }
    if (!chunk.text.isEmpty()) {
      endThinking();
      listener.part(new ModelPart.Text(chunk.text));
    }
    if (!chunk.toolCalls.isEmpty()) {
      endThinking();
      toolCalls.add(chunk.toolCalls);
    }
    if (chunk.usage.isObject()) {
      usage = chunk.usage;
    }
    if (!chunk.finishReason.isEmpty()) {
      finishReason = chunk.finishReason;
      endThinking();
      toolCalls.end();
    }
  }

  private void think(String text) throws InterruptedException {
    if (!isThinking) {
      isThinking = true;
      listener.part(new ModelPart.ThinkingStart(thinkingId()));
    }
    listener.part(new ModelPart.Thinking(thinkingId(), text));
  }

  private void endThinking() throws InterruptedException {
    if (isThinking) {
      isThinking = false;
      listener.part(new ModelPart.ThinkingEnd(thinkingId(), Json.object()));
      thinkingCount++;
    }
  }

  private String thinkingId() {
    return "thinking-" + thinkingCount;
  }

  private FinishReason reason() {
    return switch (finishReason) {
      // Some servers say so although the answer calls tools.
      case "stop" -> toolCalls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }

  private Usage usage() {
    return new Usage(
        count(usage, "prompt_tokens").orElse(0), count(usage, "completion_tokens").orElse(0));
  }

  private Optional<ContextUsage> contextUsage() {
    if (!usage.isObject()) {
      return Optional.empty();
    }
    Usage total = usage();
    return Optional.of(
        ContextUsage.reported(
            total.promptTokens(),
            total.completionTokens(),
            count(usage.path("prompt_tokens_details"), "cached_tokens"),
            OptionalLong.empty(),
            count(usage.path("completion_tokens_details"), "reasoning_tokens")));
  }

  private static OptionalLong count(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(Math.max(0, value.longValue()))
        : OptionalLong.empty();
  }
}
