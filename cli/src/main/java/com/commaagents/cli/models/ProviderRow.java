package com.commaagents.cli.models;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One of `provider_list.providers`, as the daemon sent it.
public record ProviderRow(JsonNode json) {
  private static final int MOST_NAME = 30;

  public String id() {
    return Json.text(json, "id").orElse("");
  }

  public boolean usable() {
    return Json.text(json, "authStatus").orElse("").equals("configured");
  }

  /// Whether it is of those on this machine that need no credential, and nobody answers there.
  public boolean isNotRunning() {
    return credentialType().equals("none") && error().isPresent();
  }

  /// Whether its credential says more than a key.
  public boolean hasOwnCredential() {
    return credentialType().equals("custom");
  }

  private String credentialType() {
    return Json.text(json, "credentialType").orElse("");
  }

  /// Why it could not be asked.
  public Optional<String> error() {
    return Json.text(json, "error").map(Style::clean);
  }

  public List<ModelRow> models() {
    List<ModelRow> models = new ArrayList<>();
    json.path("models").forEach(model -> models.add(new ModelRow(id(), usable(), model)));
    return models;
  }

  static final List<String> HEADING = List.of("PROVIDER", "NAME", "CREDENTIAL", "MODELS", "FROM");

  List<String> cells() {
    String credential =
        credentialType().equals("none") ? "not needed" : usable() ? credentialType() : "missing";
    return List.of(
        Style.brief(id(), MOST_NAME),
        Style.brief(Json.text(json, "name").orElse(""), MOST_NAME),
        credential,
        String.valueOf(json.path("models").size()),
        isNotRunning() ? "not running" : Json.text(json, "modelsSource").orElse(""));
  }
}
