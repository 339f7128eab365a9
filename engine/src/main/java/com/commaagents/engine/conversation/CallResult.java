package com.commaagents.engine.conversation;

import java.util.Optional;

/// What a step gives back: an agent's call, or a nested flow.
///
/// @param usage the call's own, or the sum over a flow's steps
public record CallResult(
    String text, Usage usage, Optional<ContextUsage> contextUsage, FinishReason finishReason) {

  /// A text that cost nothing.
  public static CallResult of(String text) {
    return new CallResult(text, Usage.NONE, Optional.empty(), FinishReason.STOP);
  }
}
