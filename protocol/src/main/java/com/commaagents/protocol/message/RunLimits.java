package com.commaagents.protocol.message;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Bounds a client asks for one run; an absent one is the daemon's own.
public record RunLimits(
    OptionalLong maxTokens,
    OptionalDouble maxCostUsd,
    OptionalLong maxDurationMs,
    OptionalLong maxAgentCalls,
    OptionalLong maxToolCalls) {
  public RunLimits {
    if (!Double.isFinite(maxCostUsd.orElse(0))) {
      throw new IllegalArgumentException("a cost is finite");
    }
  }
}
