package com.commaagents.engine.conversation;

import java.util.Optional;
import java.util.OptionalLong;

/// How full the model's context was after one round-trip, as its provider reported it.
public record ContextUsage(
    long totalTokens,
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    Optional<InputDetails> inputDetails,
    Optional<OutputDetails> outputDetails) {

  /// Where the input tokens came from.
  public record InputDetails(
      OptionalLong noCacheTokens, OptionalLong cacheReadTokens, OptionalLong cacheWriteTokens) {}

  /// What the output tokens were spent on.
  public record OutputDetails(OptionalLong textTokens, OptionalLong reasoningTokens) {}

  /// What a provider reported, detail where it gave any.
  ///
  /// Without detail nothing counts as cached and everything as text; a missing cache-write count
  /// stays missing.
  public static ContextUsage reported(
      long inputTokens,
      long outputTokens,
      OptionalLong cacheReadTokens,
      OptionalLong cacheWriteTokens,
      OptionalLong reasoningTokens) {
    long cached = cacheReadTokens.orElse(0);
    long reasoning = reasoningTokens.orElse(0);
    return new ContextUsage(
        inputTokens + outputTokens,
        OptionalLong.of(inputTokens),
        OptionalLong.of(outputTokens),
        Optional.of(
            new InputDetails(
                OptionalLong.of(Math.max(0, inputTokens - cached - cacheWriteTokens.orElse(0))),
                OptionalLong.of(cached),
                cacheWriteTokens)),
        Optional.of(
            new OutputDetails(
                OptionalLong.of(Math.max(0, outputTokens - reasoning)),
                OptionalLong.of(reasoning))));
  }
}
