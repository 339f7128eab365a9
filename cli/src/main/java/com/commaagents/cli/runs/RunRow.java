package com.commaagents.cli.runs;

import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.cli.daemon.RunFiles;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A run as lists show it.
///
/// @param bytes on disk; empty when its files are not where they are looked for
/// @param told what the daemon said of it
public record RunRow(
    RunId runId,
    String status,
    Instant startedAt,
    Optional<Instant> completedAt,
    String strategyName,
    String cwd,
    OptionalLong bytes,
    JsonNode told) {
  /// One of `run_list.runs`; empty when it is not as it should be.
  static Optional<RunRow> read(JsonNode node, RunFiles files) {
    return Json.text(node, "runId")
        .flatMap(RunId::parse)
        .flatMap(id ->
            instant(node, "startedAt")
                .map(startedAt ->
                    new RunRow(
                        id,
                        Json.text(node, "status").orElse(""),
                        startedAt,
                        instant(node, "completedAt"),
                        Json.text(node, "strategyName").orElse(""),
                        Json.text(node, "cwd").orElse(""),
                        files.bytes(id),
                        node)));
  }

  private static Optional<Instant> instant(JsonNode node, String field) {
    try {
      return Json.text(node, field).map(Instant::parse);
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  /// Whether the list says that it is being prepared or executed.
  boolean isLive() {
    return status.equals("pending") || status.equals("running");
  }

  /// When it was over; of one that is not, when it began.
  Instant lastSeenAt() {
    return completedAt.orElse(startedAt);
  }

  /// As the daemon told it, with its size.
  public ObjectNode json() {
    ObjectNode json = Json.object();
    told.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
    bytes.ifPresent(size -> json.put("bytes", size));
    return json;
  }
}
