package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.testing.FakeDaemon;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What sessions and a scripted daemon say to each other.
final class Talk {
  private Talk() {}

  static RunSession.Connector to(FakeDaemon daemon) {
    return listener ->
        DaemonLink.connect(
            DaemonSettings.localAddress("ws", "127.0.0.1", daemon.port(), "/ws"),
            Optional.empty(),
            listener);
  }

  static String type(JsonNode message) {
    return Json.text(message, "type").orElse("");
  }

  /// What sessions have said, in order.
  static List<String> said(FakeDaemon daemon) {
    return daemon.received().stream().map(Json::write).toList();
  }
}
