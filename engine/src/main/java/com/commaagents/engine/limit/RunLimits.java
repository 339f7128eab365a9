package com.commaagents.engine.limit;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How much one segment of a run may come to; an absent limit does not bound it.
///
/// Calls and tokens of agents, observers, compaction summaries and launched strategies all count.
///
/// @param maxTokens tokens sent and generated
/// @param maxCostUsd US dollars, by the models' list prices
/// @param maxDuration from the start of the segment, in whole milliseconds; waiting for people and
///   for a turn is part of it
/// @param maxAgentCalls calls of agents, persons among them
/// @param maxToolCalls calls that models ask for, also those that fail
public record RunLimits(
    OptionalLong maxTokens,
    Optional<BigDecimal> maxCostUsd,
    Optional<Duration> maxDuration,
    OptionalLong maxAgentCalls,
    OptionalLong maxToolCalls) {
  /// Nothing is bounded.
  public static final RunLimits NONE =
      new RunLimits(
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  /// @throws Fault `INVALID_INPUT`, which names the field, for a limit that is not positive
  public RunLimits {
    requirePositive("maxTokens", maxTokens);
    maxCostUsd = maxCostUsd.map(RunLimits::cost);
    maxDuration.ifPresent(
        time -> requirePositive("maxDurationMs", OptionalLong.of(time.toMillis())));
    requirePositive("maxAgentCalls", maxAgentCalls);
    requirePositive("maxToolCalls", maxToolCalls);
  }

  public RunLimits withMaxTokens(long tokens) {
    return new RunLimits(
        OptionalLong.of(tokens), maxCostUsd, maxDuration, maxAgentCalls, maxToolCalls);
  }

  public RunLimits withMaxCostUsd(BigDecimal dollars) {
    return new RunLimits(maxTokens, Optional.of(dollars), maxDuration, maxAgentCalls, maxToolCalls);
  }

  public RunLimits withMaxDuration(Duration time) {
    return new RunLimits(maxTokens, maxCostUsd, Optional.of(time), maxAgentCalls, maxToolCalls);
  }

  public RunLimits withMaxAgentCalls(long calls) {
    return new RunLimits(maxTokens, maxCostUsd, maxDuration, OptionalLong.of(calls), maxToolCalls);
  }

  public RunLimits withMaxToolCalls(long calls) {
    return new RunLimits(maxTokens, maxCostUsd, maxDuration, maxAgentCalls, OptionalLong.of(calls));
  }

  private static void requirePositive(String field, OptionalLong value) {
    if (value.orElse(1) < 1) {
      throw new Fault(FaultCode.INVALID_INPUT, "limits." + field + ": must be a positive integer");
    }
  }

  // Without zeros at its end, so that equal amounts are equal values.
  private static BigDecimal cost(BigDecimal dollars) {
    if (dollars.signum() <= 0) {
      throw new Fault(FaultCode.INVALID_INPUT, "limits.maxCostUsd: must be a positive number");
    }
    BigDecimal shortest = dollars.stripTrailingZeros();
    return shortest.setScale(Math.max(0, shortest.scale()));
  }
}
