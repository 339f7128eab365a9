package com.commaagents.strategy.load;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the `config` of an agent or a flow of an added type.
final class AddedConfig {
  private AddedConfig() {}

  /// The config as written, held against its type; an empty object where there is none.
  static JsonNode read(Section section, AddedType type) {
    Optional<Spot> written = section.find("config");
    Optional<JsonNode> config =
        written.map(Spot::object).orElseGet(() -> Optional.of(Json.object()));
    if (config.isEmpty()) {
      return Json.object();
    }
    for (Mistake mistake : type.config().mistakes(config.get())) {
      written.ifPresentOrElse(
          spot -> spot.inside(mistake.place()).wrong(mistake.message()),
          () -> section.missing("config", mistake.message()));
    }
    return config.get();
  }
}
