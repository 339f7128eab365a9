package com.commaagents.strategy.load;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceNode.Sequence;
import java.util.List;
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
          spot -> at(spot, mistake.place()).wrong(mistake.message()),
          () -> section.missing("config", mistake.message()));
    }
    return config.get();
  }

  /// As far as the file has what leads there.
  private static Spot at(Spot spot, List<String> place) {
    Spot current = spot;
    for (String name : place) {
      current = new Spot(inside(current.node(), name), step(current, name), spot.problems());
    }
    return current;
  }

  private static FieldPath step(Spot spot, String name) {
    return spot.isList() ? spot.path().item(Integer.parseInt(name)) : spot.path().field(name);
  }

  private static SourceNode inside(SourceNode node, String name) {
    return switch (node) {
      case Mapping(var fields, _, _) -> {
        Field field = fields.get(name);
        yield field == null ? node : field.value();
      }
      case Sequence(var items, _) -> items.get(Integer.parseInt(name));
      case SourceNode.Scalar scalar -> scalar;
    };
  }
}
