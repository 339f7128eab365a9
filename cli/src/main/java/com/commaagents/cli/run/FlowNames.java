package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What each flow of a strategy does, in a few words, for the moment when it begins.
///
/// Limits: as deep as a JSON document may be.
final class FlowNames {
  private final Map<String, String> descriptions = new HashMap<>();

  /// Takes the flow tree as the strategy file has it; what does not fit is left out.
  void read(JsonNode flow) {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : flow.path("steps")) {
      Json.text(step, "agent").or(() -> Json.text(step, "name")).ifPresent(steps::add);
      if (step.has("steps")) {
        read(step);
      }
    }
    Json.text(flow, "name").ifPresent(name -> descriptions.put(name, describe(name, flow, steps)));
  }

  private static String describe(String name, JsonNode flow, List<String> steps) {
    return switch (Json.text(flow, "type").orElse("")) {
      case "sequential" -> name + ": " + String.join(", then ", steps);
      case "broadcast" -> name + ": " + String.join(", ", steps) + " at once";
      case "cycle" ->
          name
              + ": "
              + String.join(", then ", steps)
              + ", again and again"
              + Json.text(flow, "observer").map(agent -> ", watched by " + agent).orElse("");
      default -> name;
    };
  }

  String describe(String name) {
    return descriptions.getOrDefault(name, name);
  }
}
