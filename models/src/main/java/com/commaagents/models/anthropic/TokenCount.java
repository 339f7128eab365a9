package com.commaagents.models.anthropic;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The tokens of one answer: of each count the latest that was reported.
///
/// What the API calls input leaves out what was read from or written to its cache; ours is the sum.
final class TokenCount {
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong cacheRead = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();

  void take(JsonNode usage) {
    input = latest(usage.path("input_tokens"), input);
    output = latest(usage.path("output_tokens"), output);
    cacheRead = latest(usage.path("cache_read_input_tokens"), cacheRead);
    cacheWrite = latest(usage.path("cache_creation_input_tokens"), cacheWrite);
  }

  Usage usage() {
    return new Usage(inputTokens(), output.orElse(0));
  }

  Optional<ContextUsage> contextUsage() {
    if (input.isEmpty() && output.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ContextUsage.reported(
            inputTokens(), output.orElse(0), cacheRead, cacheWrite, OptionalLong.empty()));
  }

  private long inputTokens() {
    return input.orElse(0) + cacheRead.orElse(0) + cacheWrite.orElse(0);
  }

  private static OptionalLong latest(JsonNode reported, OptionalLong known) {
    return reported.isIntegralNumber() && reported.canConvertToLong()
        ? OptionalLong.of(Math.max(0, reported.longValue()))
        : known;
  }
}
