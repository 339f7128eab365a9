package com.commaagents.engine.conversation;

import java.math.BigDecimal;
import java.util.Optional;

/// What something has spent.
///
/// @param costUsd US dollars, as far as they are known; without trailing zeros
/// @param costKnown whether that is all of them
public record Spent(Usage usage, BigDecimal costUsd, boolean costKnown) {
  public static final Spent NOTHING = new Spent(Usage.NONE, BigDecimal.ZERO, true);

  public Spent {
    costUsd = costUsd.stripTrailingZeros();
  }

  /// @param costUsd empty where nobody knows; no tokens cost nothing then
  public static Spent of(Usage usage, Optional<BigDecimal> costUsd) {
    return new Spent(
        usage, costUsd.orElse(BigDecimal.ZERO), costUsd.isPresent() || usage.total() == 0);
  }

  public Spent plus(Spent other) {
    return new Spent(
        usage.plus(other.usage), costUsd.add(other.costUsd), costKnown && other.costKnown);
  }

  /// US dollars; empty where there is a part of them that nobody knows.
  public Optional<BigDecimal> wholeCostUsd() {
    return costKnown ? Optional.of(costUsd) : Optional.empty();
  }
}
