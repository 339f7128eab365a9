package com.commaagents.runs.lifecycle;

import java.util.Locale;
import java.util.Optional;

/// A run's status as clients and timelines know it.
public enum RunStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  ERROR,
  CANCELLED;

  /// As on the wire and on disk, for example `completed`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RunStatus> of(String label) {
    for (RunStatus status : values()) {
      if (status.label().equals(label)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
