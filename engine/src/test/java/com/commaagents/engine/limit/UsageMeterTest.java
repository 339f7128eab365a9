package com.commaagents.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Spent;
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
    assertThat(meter.spent()).isEqualTo(Spent.NOTHING);
    meter.add("a", UNKNOWN.withPrice(ModelPrice.FREE).spent(turn(1_000, 100)));
    assertThat(meter.spent().wholeCostUsd()).contains(BigDecimal.ZERO);
    meter.add("a", PRICED.spent(turn(1_000, 100)));
    meter.add("a", PRICED.spent(turn(1_000, 0)));
    assertThat(meter.spent())
        .isEqualTo(new Spent(new Usage(3_000, 200), new BigDecimal("0.005"), true));
  }

  @Test
  void tellsNoSumOfWhichAPartIsNotKnown() throws InterruptedException {
    meter.add("a", PRICED.spent(turn(1_000, 100)));
    meter.add("a", UNKNOWN.spent(turn(1, 1)));
    assertThat(meter.spent())
        .isEqualTo(new Spent(new Usage(1_001, 101), new BigDecimal("0.003"), false));
    assertThat(meter.spent().wholeCostUsd()).isEmpty();
  }

  private static TurnEnd turn(long prompt, long completion) {
    return new TurnEnd(FinishReason.STOP, new Usage(prompt, completion), Optional.empty());
  }
}
