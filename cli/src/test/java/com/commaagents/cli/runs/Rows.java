package com.commaagents.cli.runs;

import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows of lists for tests.
final class Rows {
  static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");

  private Rows() {}

  /// A run that took an hour.
  static RunRow finished(String id, Duration age, long bytes) {
    return row(id, "completed", age, Optional.of(NOW.minus(age).plusSeconds(3600)), bytes);
  }

  static RunRow running(String id, Duration age, long bytes) {
    return row(id, "running", age, Optional.empty(), bytes);
  }

  private static RunRow row(
      String id, String status, Duration age, Optional<Instant> completedAt, long bytes) {
    return new RunRow(
        new RunId(id),
        status,
        NOW.minus(age),
        completedAt,
        "a strategy with a long name, and longer",
        "/a/folder/somewhere/deep/in/the/tree",
        OptionalLong.of(bytes),
        Json.object());
  }
}
