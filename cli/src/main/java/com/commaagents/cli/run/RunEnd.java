package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// How a run ended, read from what the daemon says.
///
/// @param stopping whether we have asked it to stop
/// @param gaveUp why we did, where it was not a person's wish
record RunEnd(String runId, boolean stopping, Optional<String> gaveUp) {
  private static final String CANCELLED = "CANCELLED";

  /// Of `strategy_completed`, or the snapshot of a run that has completed.
  Outcome completed(JsonNode message) {
    JsonNode usage = message.path("usage");
    return new Outcome.Completed(
        runId,
        Json.text(message, "result").orElse(""),
        usage.path("promptTokens").asLong(0),
        usage.path("completionTokens").asLong(0),
        message.path("costUsd").isNumber()
            ? OptionalDouble.of(message.path("costUsd").doubleValue())
            : OptionalDouble.empty());
  }

  /// Of the `error` of `strategy_error` or of a snapshot.
  Outcome failed(JsonNode error) {
    return Json.text(error, "code").filter(CANCELLED::equals).isPresent()
        ? stopped()
        : refused(error);
  }

  /// Of a request that was refused.
  static Outcome refused(JsonNode error) {
    return new Outcome.Failed(
        Json.text(error, "code").orElse("ERROR"), Json.text(error, "message").orElse(""));
  }

  Outcome stopped() {
    return gaveUp
        .<Outcome>map(why -> new Outcome.Failed("NO_INPUT", why))
        .orElseGet(() -> new Outcome.Stopped(stopping));
  }

  /// Of a snapshot: empty where the run is live.
  Optional<Outcome> of(JsonNode snapshot) {
    return switch (Json.text(snapshot, "status").orElse("")) {
      case "completed" -> Optional.of(completed(snapshot));
      case "error", "cancelled" -> Optional.of(failed(snapshot.path("error")));
      default -> Optional.empty();
    };
  }
}
