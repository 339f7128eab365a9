package com.commaagents.cli.models;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model of one provider.
///
/// @param model as the daemon sent it
public record ModelRow(String provider, boolean usable, JsonNode model) {
  static final List<String> HEADING =
      List.of("MODEL", "CONTEXT", "OUTPUT", "$/M IN", "$/M OUT", "CAN");

  private static final int MOST_NAME = 70;
  private static final int MILLION = 1_000_000;
  private static final int THOUSAND = 1_000;

  /// As a strategy names it.
  public String name() {
    return provider + "/" + Json.text(model, "id").orElse("");
  }

  /// Whether a text stands in its name, in any case.
  public boolean matches(String query) {
    String names = name() + " " + Json.text(model, "name").orElse("");
    return names.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT));
  }

  public JsonNode json() {
    ObjectNode json = Json.object().put("provider", provider).put("usable", usable);
    model.forEachEntry(json::set);
    return json;
  }

  List<String> cells() {
    List<String> can = new ArrayList<>();
    for (String ability : List.of("tools", "reasoning", "vision")) {
      if (model.path("capabilities").path(ability).asBoolean(false)) {
        can.add(ability);
      }
    }
    Json.text(model, "status").map(Style::clean).ifPresent(can::add);
    return List.of(
        Style.brief(name(), MOST_NAME),
        tokens("contextWindow"),
        tokens("maxOutputTokens"),
        dollars("input"),
        dollars("output"),
        String.join(", ", can));
  }

  private String tokens(String field) {
    JsonNode value = model.path(field);
    if (!value.isNumber()) {
      return "?";
    }
    long tokens = value.asLong();
    if (tokens >= MILLION) {
      return String.format(Locale.ROOT, "%.1fM", (double) tokens / MILLION).replace(".0M", "M");
    }
    return tokens >= THOUSAND ? Math.round((double) tokens / THOUSAND) + "k" : tokens + "";
  }

  private String dollars(String field) {
    JsonNode price = model.path("cost").path(field);
    return price.isNumber() ? price.decimalValue().toPlainString() : "?";
  }
}
