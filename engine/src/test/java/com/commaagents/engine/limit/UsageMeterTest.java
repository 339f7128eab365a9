package com.commaagents.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.TurnEnd;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class UsageMeterTest {
  private static final ModelInfo UNKNOWN =
      new ModelInfo("p/m", OptionalLong.empty(), OptionalLong.empty());
  private static final ModelInfo PRICED = UNKNOWN.withPrice(ModelPrice.of("2", "10"));

  private final UsageMeter meter = UsageMeter.unlimited();

  @Test
  void sumsWhatWasPaid() throws InterruptedException {
    assertThat(meter.wholeCostUsd()).isEmpty();
    meter.add(turn(1_000, 100), UNKNOWN.withPrice(ModelPrice.FREE));
    assertThat(meter.wholeCostUsd()).isEmpty();
    meter.add(turn(1_000, 100), PRICED);
    meter.add(turn(1_000, 0), PRICED);
    assertThat(meter.wholeCostUsd())
        .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.005"));
  }

  @Test
  void tellsNoSumOfWhichAPartIsNotKnown() throws InterruptedException {
    meter.add(turn(1_000, 100), PRICED);
    meter.add(turn(1, 1), UNKNOWN);
    assertThat(meter.wholeCostUsd()).isEmpty();
    assertThat(meter.costUsd()).isEqualByComparingTo(new BigDecimal("0.003"));
  }

  private static TurnEnd turn(long prompt, long completion) {
    return new TurnEnd(FinishReason.STOP, new Usage(prompt, completion), Optional.empty());
  }
}
