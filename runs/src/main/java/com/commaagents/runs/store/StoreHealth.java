package com.commaagents.runs.store;

import java.time.Instant;

/// Whether a run store can write.
public sealed interface StoreHealth {
  /// What it was last asked to keep, it kept.
  record Healthy() implements StoreHealth {}

  /// Something could not be written, and it has not yet been seen that it can be again.
  ///
  /// @param since when that began
  /// @param reason what the system said; may name files
  record Unhealthy(Instant since, String reason) implements StoreHealth {}
}
