package com.commaagents.engine.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// A model call that failed.
///
/// The message names the provider, the status where there is one, and what the provider said; never
/// a key.
public final class ModelFailure extends Exception {
  private final OptionalInt status;
  private final boolean retryable;
  private final Optional<Duration> retryAfter;

  /// @param retryable whether a later try may succeed: 408, 409, 429, 5xx, a broken connection
  /// @param retryAfter how long the provider asks to wait
  public ModelFailure(
      String message, OptionalInt status, boolean retryable, Optional<Duration> retryAfter) {
    super(Objects.requireNonNull(message));
    this.status = status;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  public String message() {
    return Objects.requireNonNull(getMessage());
  }

  public OptionalInt status() {
    return status;
  }

  public boolean retryable() {
    return retryable;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
