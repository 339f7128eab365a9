package com.commaagents.models.scripted;

import com.commaagents.engine.conversation.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One answer of a script, before `{{input}}` and `{{tool}}` are filled in.
///
/// @param thinking pieces, each one delta; none: it does not think
/// @param text pieces, each one delta
/// @param before the wait before the first piece
/// @param delay the wait before each piece
/// @param finish empty: as the answer is
/// @param failure how it ends instead, after its pieces
record Turn(
    List<String> thinking,
    List<String> text,
    List<Call> tools,
    Tokens tokens,
    Duration before,
    Duration delay,
    Optional<FinishReason> finish,
    Optional<Failure> failure) {
  Turn {
    thinking = List.copyOf(thinking);
    text = List.copyOf(text);
    tools = List.copyOf(tools);
  }

  /// Whether an agent's call may end with it.
  boolean isFinal() {
    return tools.isEmpty() && failure.isEmpty();
  }

  /// @param arguments the JSON text, or what the script has in its place
  record Call(String tool, String arguments) {}

  /// What usage is reported.
  sealed interface Tokens {
    /// The words of the request and of the answer.
    record Counted() implements Tokens {}

    record None() implements Tokens {}

    record Given(
        long input,
        long output,
        OptionalLong cacheRead,
        OptionalLong cacheWrite,
        OptionalLong reasoning)
        implements Tokens {}
  }

  /// How a turn fails.
  sealed interface Failure {
    /// The connection breaks off.
    record Cut() implements Failure {}

    /// The provider refuses.
    record Refused(
        String message, OptionalInt status, boolean retryable, Optional<Duration> retryAfter)
        implements Failure {}
  }
}
