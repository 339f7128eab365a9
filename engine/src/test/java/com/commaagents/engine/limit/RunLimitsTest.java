package com.commaagents.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.math.BigDecimal;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RunLimitsTest {
  @Test
  void refusesWhatIsNotPositiveAndNamesTheField() {
    refuses(() -> RunLimits.NONE.withMaxTokens(0), "maxTokens: must be a positive integer");
    refuses(() -> RunLimits.NONE.withMaxTokens(-1), "maxTokens: must be a positive integer");
    refuses(
        () -> RunLimits.NONE.withMaxCostUsd(BigDecimal.ZERO),
        "maxCostUsd: must be a positive number");
    refuses(
        () -> RunLimits.NONE.withMaxCostUsd(new BigDecimal("-0.1")),
        "maxCostUsd: must be a positive number");
    refuses(
        () -> RunLimits.NONE.withMaxDuration(Duration.ofNanos(999_999)),
        "maxDurationMs: must be a positive integer");
    refuses(() -> RunLimits.NONE.withMaxAgentCalls(0), "maxAgentCalls: must be a positive integer");
    refuses(() -> RunLimits.NONE.withMaxToolCalls(0), "maxToolCalls: must be a positive integer");
  }

  @Test
  void takesTheSmallestOnes() {
    RunLimits smallest =
        RunLimits.NONE
            .withMaxTokens(1)
            .withMaxCostUsd(new BigDecimal("0.000001"))
            .withMaxDuration(Duration.ofMillis(1))
            .withMaxAgentCalls(1)
            .withMaxToolCalls(1);

    assertThat(smallest.maxDuration()).contains(Duration.ofMillis(1));
  }

  @Test
  void takesEqualAmountsForEqual() {
    assertThat(RunLimits.NONE.withMaxCostUsd(new BigDecimal("10.0")))
        .isEqualTo(RunLimits.NONE.withMaxCostUsd(BigDecimal.TEN));
  }

  private static void refuses(ThrowingCallable making, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(making)
        .withMessage("limits." + message)
        .extracting(Fault::code)
        .isEqualTo(FaultCode.INVALID_INPUT);
  }
}
