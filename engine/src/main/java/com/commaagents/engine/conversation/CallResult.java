package com.commaagents.engine.conversation;

import java.math.BigDecimal;
import java.util.Optional;

/// What a step gives back: an agent's call, or a nested flow.
///
/// @param usage the call's own, or the sum over a flow's steps
/// @param costUsd of a whole segment, where all of it is known and more than nothing
public record CallResult(
    String text,
    Usage usage,
    Optional<ContextUsage> contextUsage,
    FinishReason finishReason,
    Optional<BigDecimal> costUsd) {

  /// One that does not say what it cost.
  public CallResult(
      String text, Usage usage, Optional<ContextUsage> contextUsage, FinishReason finishReason) {
    this(text, usage, contextUsage, finishReason, Optional.empty());
  }

  /// A text that cost nothing.
  public static CallResult of(String text) {
    return new CallResult(text, Usage.NONE, Optional.empty(), FinishReason.STOP);
  }

  public CallResult withText(String other) {
    return new CallResult(other, usage, contextUsage, finishReason, costUsd);
  }
}
