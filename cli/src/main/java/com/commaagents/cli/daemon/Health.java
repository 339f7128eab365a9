package com.commaagents.cli.daemon;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.DaemonSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a daemon says on `/health`. Counts are absent where it does not tell them.
///
/// @param confinement what confines programs, by kind of program
/// @param trouble why it cannot keep what runs do; empty: all is well
public record Health(
    long uptimeMillis,
    Optional<Long> activeRuns,
    Optional<Long> clients,
    Map<String, String> confinement,
    Optional<String> trouble) {
  static final int TIMEOUT_MILLIS = 2_000;
  static final int MAX_BYTES = 1 << 16;

  public Health {
    confinement = Map.copyOf(confinement);
  }

  /// Asks once; empty when nobody answers as a daemon does, within the timeout.
  static Optional<Health> ask(String host, int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              DaemonSettings.localAddress("http", host, port, "/health").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream body = connection.getInputStream()) {
        return Json.parse(body.readNBytes(MAX_BYTES)).flatMap(Health::read);
      } finally {
        connection.disconnect();
      }
    } catch (IOException nobody) {
      return Optional.empty();
    }
  }

  static Optional<Health> read(JsonNode json) {
    String status = Json.text(json, "status").orElse("");
    return !status.equals("ok") && !status.equals("degraded")
        ? Optional.empty()
        : Optional.of(
            new Health(
                json.path("uptime").asLong(0),
                number(json, "activeRuns"),
                number(json, "connectedClients"),
                texts(json.path("confinement")),
                status.equals("ok") ? Optional.empty() : Optional.of(trouble(json.path("store")))));
  }

  private static String trouble(JsonNode store) {
    return "cannot write"
        + Json.text(store, "since").map(since -> " since " + since).orElse("")
        + Json.text(store, "reason").map(reason -> ": " + reason).orElse("");
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().stream()
        .filter(entry -> entry.getValue().isString())
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
    return texts;
  }

  private static Optional<Long> number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isIntegralNumber() ? Optional.of(value.longValue()) : Optional.empty();
  }
}
