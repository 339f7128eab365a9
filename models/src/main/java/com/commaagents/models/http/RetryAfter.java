package com.commaagents.models.http;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// How long a provider asks to wait.
///
/// Source: RFC 9110, 10.2.3 (seconds, or a date); `retry-after-ms` is OpenAI's own and finer.
final class RetryAfter {
  // More is no number of seconds but a mistake; it must not overflow a duration.
  private static final double MAX_SECONDS = Duration.ofDays(365).toSeconds();

  private RetryAfter() {}

  static Optional<Duration> of(HttpAnswer answer, Clock clock) {
    Optional<Duration> fine = amount(answer.header("retry-after-ms"), 0.001);
    if (fine.isPresent()) {
      return fine;
    }
    String value = answer.header("retry-after");
    Optional<Duration> seconds = amount(value, 1);
    return seconds.isPresent() ? seconds : until(value, clock);
  }

  /// What an error's body says, as Google does: `{error: {details: [{retryDelay: "7s"}]}}`.
  static Optional<Duration> of(Optional<JsonNode> body) {
    JsonNode json = body.orElse(Json.object());
    for (JsonNode detail : (json.isArray() ? json.path(0) : json).at("/error/details")) {
      String delay = Json.text(detail, "retryDelay").orElse("");
      if (delay.endsWith("s")) {
        return amount(delay.substring(0, delay.length() - 1), 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> amount(String text, double unitSeconds) {
    try {
      double seconds = Double.parseDouble(text) * unitSeconds;
      return seconds >= 0 && seconds <= MAX_SECONDS
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> until(String text, Clock clock) {
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.now(), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
