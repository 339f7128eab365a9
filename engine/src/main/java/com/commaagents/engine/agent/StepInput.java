package com.commaagents.engine.agent;

/// What a step receives.
///
/// @param fresh whether it is the segment's own input, no agent having produced text before it
public record StepInput(String text, boolean fresh) {
  /// The input of a segment, as a person gave it; may be empty.
  public static StepInput ofSegment(String text) {
    return new StepInput(text, true);
  }

  /// A text that an agent produced.
  public static StepInput produced(String text) {
    return new StepInput(text, false);
  }
}
