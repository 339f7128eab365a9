package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.engine.limit.RunLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Limits of a segment as they stand on a timeline. Reading is total: what is no limit bounds
/// nothing.
final class LimitsJson {
  private LimitsJson() {}

  static ObjectNode write(RunLimits limits) {
    ObjectNode node = Json.object();
    limits.maxTokens().ifPresent(tokens -> node.put("maxTokens", tokens));
    limits.maxCostUsd().ifPresent(dollars -> node.put("maxCostUsd", dollars));
    limits.maxDuration().ifPresent(time -> node.put("maxDurationMs", time.toMillis()));
    limits.maxAgentCalls().ifPresent(calls -> node.put("maxAgentCalls", calls));
    limits.maxToolCalls().ifPresent(calls -> node.put("maxToolCalls", calls));
    return node;
  }

  static RunLimits read(JsonNode node) {
    OptionalLong millis = whole(node.path("maxDurationMs"));
    return new RunLimits(
        whole(node.path("maxTokens")),
        dollars(node.path("maxCostUsd")),
        millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty(),
        whole(node.path("maxAgentCalls")),
        whole(node.path("maxToolCalls")));
  }

  private static OptionalLong whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() > 0
        ? OptionalLong.of(node.longValue())
        : OptionalLong.empty();
  }

  // Through a double, which bounds how many digits there can be.
  private static Optional<BigDecimal> dollars(JsonNode node) {
    double value = node.isNumber() ? node.asDouble(0) : 0;
    return value > 0 && Double.isFinite(value)
        ? Optional.of(BigDecimal.valueOf(value))
        : Optional.empty();
  }
}
