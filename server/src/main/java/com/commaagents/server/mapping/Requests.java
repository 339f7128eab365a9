package com.commaagents.server.mapping;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.runs.PrepareRunOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What clients ask for as the run system's values.
public final class Requests {
  private Requests() {}

  /// @throws com.commaagents.base.fault.Fault `INVALID_INPUT`, which names the field, for a limit
  ///   that is not positive
  public static PrepareRunOptions prepareRun(ClientMessage.PrepareRun request) {
    return new PrepareRunOptions(
        request.runId(),
        request.strategyPath(),
        request.modelOverride(),
        request.cwd(),
        request.manifestPath(),
        request.limits().map(Requests::limits).orElse(RunLimits.NONE));
  }

  private static RunLimits limits(com.commaagents.protocol.message.RunLimits wire) {
    return new RunLimits(
        wire.maxTokens(),
        wire.maxCostUsd().isPresent()
            ? Optional.of(BigDecimal.valueOf(wire.maxCostUsd().getAsDouble()))
            : Optional.empty(),
        wire.maxDurationMs().isPresent()
            ? Optional.of(Duration.ofMillis(wire.maxDurationMs().getAsLong()))
            : Optional.empty(),
        wire.maxAgentCalls(),
        wire.maxToolCalls());
  }
}
