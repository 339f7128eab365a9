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
import java.util.OptionalLong;
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

  private final ProviderErrors errors;
  private final Dialect dialect;
  private final PartListener listener;
  private final ThinkingSpan thinking;
  private final ReasoningDetails details = new ReasoningDetails();
  private final ChunkReader chunk = new ChunkReader();
  private final ToolCallAssembly toolCalls;

  private String finishReason = "";
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
    OptionalLong completion = TokenCount.count(usage.path("completion_tokens"));
    JsonNode reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
    JsonNode prompt = usage.path("prompt_tokens");
    return TokenCount.whole()
        .input(prompt)
        .output(
            completion.isPresent() ? output(prompt, completion.getAsLong(), reasoning) : completion)
        .cacheRead(usage.path("prompt_cache_hit_tokens"))
        .cacheRead(usage.path("prompt_tokens_details").path("cached_tokens"))
        .reasoning(usage.path("reasoning_tokens"))
        .reasoning(reasoning)
        .end(reason());
  }

  // Some leave what was thought out of what was answered; their total tells.
  private OptionalLong output(JsonNode prompt, long completion, JsonNode reasoning) {
    long thought = TokenCount.count(reasoning).orElse(0);
    long total = TokenCount.count(usage.path("total_tokens")).orElse(0);
    boolean apart = TokenCount.count(prompt).orElse(0) + completion + thought == total;
    return OptionalLong.of(apart ? completion + thought : completion);
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
    if (!chunk.finishReason.isEmpty()) {
      finishReason = chunk.finishReason;
      endThinking();
      toolCalls.end();
    }
  }

  private void endThinking() throws InterruptedException {
    ArrayNode kept = details.take();
    if (kept.isEmpty()) {
      thinking.end();
    } else {
      ObjectNode options = Json.object();
      options.putObject(dialect.providerId()).set("reasoning_details", kept);
      thinking.end(options);
    }
  }

  private FinishReason reason() {
    return switch (finishReason) {
      // Some servers say so although the answer calls tools.
      case "stop" -> toolCalls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "error", "insufficient_system_resource" -> FinishReason.ERROR;
      case "length", "model_length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }
}
