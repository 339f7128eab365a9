package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// What was spent, in the fields `usage` and `costUsd` of an entry. A cost that is not known is not
/// there. Reading is total.
final class SpentJson {
  private static final String COST = "costUsd";

  private SpentJson() {}

  static void write(JsonGenerator out, Spent spent) {
    out.writeName("usage").writeTree(ConversationJson.write(spent.usage()));
    write(out, spent.usage().total() > 0 ? spent.wholeCostUsd() : Optional.empty());
  }

  static void write(JsonGenerator out, Optional<BigDecimal> costUsd) {
    costUsd.ifPresent(dollars -> out.writeNumberProperty(COST, dollars));
  }

  static Spent read(JsonNode entry) {
    return Spent.of(ConversationJson.usage(entry.path("usage")).orElse(Usage.NONE), cost(entry));
  }

  // Through a double, which bounds how many digits there can be.
  static Optional<BigDecimal> cost(JsonNode entry) {
    JsonNode dollars = entry.path(COST);
    double value = dollars.isNumber() ? dollars.asDouble(-1) : -1;
    return value >= 0 && Double.isFinite(value)
        ? Optional.of(BigDecimal.valueOf(value).stripTrailingZeros())
        : Optional.empty();
  }
}
