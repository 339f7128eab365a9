package com.commaagents.models.wire;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.TurnEnd;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The tokens of one answer: of each count the latest that was reported. Not thread-safe.
public final class TokenCount {
  private final boolean cacheApart;
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong cacheRead = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();
  private OptionalLong reasoning = OptionalLong.empty();

  private TokenCount(boolean cacheApart) {
    this.cacheApart = cacheApart;
  }

  /// For a provider whose input counts what came from its cache.
  public static TokenCount whole() {
    return new TokenCount(false);
  }

  /// For a provider whose input leaves out what was read from or written to its cache; ours is the
  /// sum.
  public static TokenCount cacheApart() {
    return new TokenCount(true);
  }

  /// A number of tokens; empty where there is none.
  public static OptionalLong count(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(Math.max(0, value.longValue()))
        : OptionalLong.empty();
  }

  public TokenCount input(JsonNode reported) {
    input = latest(count(reported), input);
    return this;
  }

  public TokenCount output(JsonNode reported) {
    return output(count(reported));
  }

  public TokenCount output(OptionalLong reported) {
    output = latest(reported, output);
    return this;
  }

  /// The output, and what of it was thought. Some leave the latter out of the former; their total,
  /// with the input that was reported before, tells.
  public TokenCount output(JsonNode reported, JsonNode thought, JsonNode total) {
    long apart = count(thought).orElse(0);
    OptionalLong counted = count(reported);
    boolean leftOut =
        counted.isPresent()
            && input.orElse(0) + counted.getAsLong() + apart == count(total).orElse(0);
    return output(leftOut ? OptionalLong.of(counted.getAsLong() + apart) : counted)
        .reasoning(thought);
  }

  public TokenCount cacheRead(JsonNode reported) {
    cacheRead = latest(count(reported), cacheRead);
    return this;
  }

  public TokenCount cacheWrite(JsonNode reported) {
    cacheWrite = latest(count(reported), cacheWrite);
    return this;
  }

  /// Of the output, what was thought.
  public TokenCount reasoning(JsonNode reported) {
    reasoning = latest(count(reported), reasoning);
    return this;
  }

  /// The end of an answer that cost this much; without usage where none was reported.
  public TurnEnd end(FinishReason reason) {
    if (input.isEmpty() && output.isEmpty()) {
      return new TurnEnd(reason, Usage.NONE, Optional.empty());
    }
    Usage usage = new Usage(inputTokens(), output.orElse(0));
    return new TurnEnd(
        reason,
        usage,
        Optional.of(
            ContextUsage.reported(
                usage.promptTokens(), usage.completionTokens(), cacheRead, cacheWrite, reasoning)));
  }

  private long inputTokens() {
    long cached = cacheApart ? cacheRead.orElse(0) + cacheWrite.orElse(0) : 0;
    return input.orElse(0) + cached;
  }

  private static OptionalLong latest(OptionalLong reported, OptionalLong known) {
    return reported.isPresent() ? reported : known;
  }
}
