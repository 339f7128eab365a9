package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.schema.JsonSchemas;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Holds the final text of one call against the agent's `outputSchema`; asks once for a repair.
final class OutputCheck {
  private final Optional<JsonNode> schema;
  private final JsonSchemas schemas;
  private boolean repaired;

  OutputCheck(Optional<JsonNode> schema, JsonSchemas schemas) {
    this.schema = schema;
    this.schemas = schemas;
  }

  /// What to ask the model when its text does not fit; empty when it does, or there is no schema.
  ///
  /// @param last whether no round-trip is left
  /// @throws Fault `UPSTREAM` when it does not fit and was asked for a repair already, or cannot be
  Optional<String> repair(String text, boolean last) {
    List<String> problems = schema.map(known -> problems(known, text)).orElse(List.of());
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String said = String.join("; ", problems);
    if (repaired || last) {
      throw new Fault(
          FaultCode.UPSTREAM,
          "the answer does not fit outputSchema"
              + (repaired ? ", also after a repair: " : " and no step is left for a repair: ")
              + said);
    }
    repaired = true;
    return Optional.of(
        "Your answer does not fit the JSON Schema that was asked for: "
            + said
            + ". Answer again with the corrected JSON only: no other text, no code fence.");
  }

  /// @throws Fault `UPSTREAM` when there is a schema: the call ended before a final text
  void requireNone(int maxSteps) {
    if (schema.isPresent()) {
      throw new Fault(
          FaultCode.UPSTREAM,
          "maxSteps ("
              + maxSteps
              + ") was reached before an answer that fits outputSchema; raise maxSteps");
    }
  }

  private List<String> problems(JsonNode known, String text) {
    return Json.parse(text)
        .map(json -> schemas.problems(known, json))
        .orElse(List.of("it is not JSON"));
  }
}
