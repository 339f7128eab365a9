package com.commaagents.cli.daemon;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The daemon that holds a data folder, as its lock file names it.
///
/// `port` is absent until it listens.
public record LockHolder(
    long pid, String host, OptionalInt port, Instant startedAt, String logFile, Build build) {
  LockHolder listeningOn(int actualPort) {
    return new LockHolder(pid, host, OptionalInt.of(actualPort), startedAt, logFile, build);
  }

  String write() {
    ObjectNode json = Json.object();
    json.put("pid", pid);
    json.put("host", host);
    port.ifPresent(value -> json.put("port", value));
    json.put("startedAt", Timestamps.format(startedAt));
    json.put("logFile", logFile);
    json.put("version", build.version());
    json.put("commit", build.commit());
    return Json.write(json) + "\n";
  }

  static Optional<LockHolder> parse(String text) {
    Optional<JsonNode> tree = Json.parse(text);
    if (tree.isEmpty() || !tree.get().path("pid").isIntegralNumber()) {
      return Optional.empty();
    }
    JsonNode json = tree.get();
    try {
      return Optional.of(
          new LockHolder(
              json.path("pid").longValue(),
              Json.text(json, "host").orElse(""),
              Json.integer(json, "port"),
              Instant.parse(Json.text(json, "startedAt").orElse("")),
              Json.text(json, "logFile").orElse(""),
              new Build(
                  Json.text(json, "version").orElse(""), Json.text(json, "commit").orElse(""))));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }
}
