package com.commaagents.models.openai;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.ThinkingSpan;
import com.commaagents.models.wire.TokenCount;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// One streamed answer: chunks in, parts out. Not thread-safe.
///
/// Thinking lasts until text, a tool call or the end comes; what is thought after that is a
/// thinking of its own. The stream's last event is `[DONE]`; usage may come before or after the
/// finish reason, the latest counts.
final class ChatStream implements AnswerReader {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  // How an answer ends that is none: at Mistral, and at DeepSeek.
  private static final Set<String> FAILURES = Set.of("error", "insufficient_system_resource");

  private final ProviderErrors errors;
  private final Dialect dialect;
  private final PartListener listener;
  private final ThinkingSpan thinking;
  private final ReasoningDetails details = new ReasoningDetails();
  private final ChunkReader chunk = new ChunkReader();
  private final ToolCallAssembly toolCalls;

  private String finishReason = "";
  private String opaque = "";
  private JsonNode usage = MissingNode.getInstance();

  ChatStream(Dialect dialect, ProviderErrors errors, IdGenerator ids, PartListener listener) {
    this.dialect = dialect;
    this.thinking = new ThinkingSpan(listener);
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

  @Override
  public TurnEnd end() {
    JsonNode prompt = usage.path("prompt_tokens_details");
    return TokenCount.whole()
        .input(usage.path("prompt_tokens"))
        .reasoning(usage.path("reasoning_tokens"))
        .output(
            usage.path("completion_tokens"),
            usage.path("completion_tokens_details").path("reasoning_tokens"),
            usage.path("total_tokens"))
        .cacheRead(usage.path("prompt_cache_hit_tokens"))
        .cacheRead(prompt.path("cached_tokens"))
        .cacheWrite(prompt.path("cache_write_tokens"))
        .end(reason());
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
    if (dialect.thinking() == Dialect.Thinking.REASONING_DETAILS) {
      details.add(chunk.reasoningDetails);
    }
    if (dialect.thinking() == Dialect.Thinking.REASONING_OPAQUE) {
      opaque += chunk.reasoningOpaque;
    }
    thinking.think(chunk.thinking);
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
    if (FAILURES.contains(chunk.finishReason)) {
      throw errors.gaveUp("it finished with " + chunk.finishReason);
    }
    if (!chunk.finishReason.isEmpty()) {
      finishReason = chunk.finishReason;
      endThinking();
      toolCalls.end();
    }
  }

  private void endThinking() throws InterruptedException {
    ObjectNode kept = Json.object();
    ArrayNode pieces = details.take();
    if (!pieces.isEmpty()) {
      kept.set("reasoning_details", pieces);
    }
    if (!opaque.isEmpty()) {
      kept.put("reasoning_opaque", opaque);
      opaque = "";
    }
    if (kept.isEmpty()) {
      thinking.end();
    } else {
      thinking.end(Json.object().set(dialect.providerId(), kept));
    }
  }

  private FinishReason reason() {
    return switch (finishReason) {
      // Some servers say so although the answer calls tools.
      case "stop", "eos" -> toolCalls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "length", "model_length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }
}
