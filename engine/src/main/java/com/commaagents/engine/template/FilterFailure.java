package com.commaagents.engine.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A filter of ours that has failed, on its way through the library.
final class FilterFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  FilterFailure(String what) {
    super(what);
    this.what = what;
  }

  /// What was wrong, where one is among the causes.
  static Optional<String> in(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FilterFailure failure) {
        return Optional.of(failure.what);
      }
    }
    return Optional.empty();
  }
}
