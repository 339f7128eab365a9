package com.commaagents.protocol.message;

import java.util.Optional;
import java.util.OptionalLong;

/// How full a model's context was after one round-trip, in tokens; none is negative.
public record ContextUsage(
    long totalTokens,
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    Optional<InputTokenDetails> inputTokenDetails,
    Optional<OutputTokenDetails> outputTokenDetails) {

  /// Where the input tokens came from.
  public record InputTokenDetails(
      OptionalLong noCacheTokens, OptionalLong cacheReadTokens, OptionalLong cacheWriteTokens) {}

  /// What the output tokens were spent on.
  public record OutputTokenDetails(OptionalLong textTokens, OptionalLong reasoningTokens) {}
}
