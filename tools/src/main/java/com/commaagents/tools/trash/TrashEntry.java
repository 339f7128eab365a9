package com.commaagents.tools.trash;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A deleted file.
///
/// @param path its folder in the trash, absolute; what a restore names
public record TrashEntry(Path path, Metadata metadata, long sizeBytes) {

  /// Where a deleted file came from.
  ///
  /// @param originalPath absolute
  public record Metadata(
      Instant trashedAt,
      String originalPath,
      String originalSha256,
      Optional<String> runId,
      Optional<String> agentName) {

    ObjectNode json() {
      ObjectNode json =
          Json.object()
              .put("trashedAt", Timestamps.format(trashedAt))
              .put("originalPath", originalPath)
              .put("originalSha256", originalSha256);
      runId.ifPresent(id -> json.put("runId", id));
      agentName.ifPresent(name -> json.put("agentName", name));
      return json;
    }

    static Optional<Metadata> of(JsonNode json) {
      Optional<String> path = Json.text(json, "originalPath");
      Optional<Instant> trashedAt = Json.text(json, "trashedAt").flatMap(Metadata::instant);
      if (path.isEmpty() || trashedAt.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Metadata(
              trashedAt.get(),
              path.get(),
              Json.text(json, "originalSha256").orElse(""),
              Json.text(json, "runId"),
              Json.text(json, "agentName")));
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException noInstant) {
        return Optional.empty();
      }
    }
  }
}
