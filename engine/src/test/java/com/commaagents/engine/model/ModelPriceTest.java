package com.commaagents.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ModelPriceTest {
  private static final ModelPrice PLAIN = ModelPrice.of("1.25", "10");

  @Test
  void countsTokensByTheMillion() {
    assertThat(PLAIN.of(end(400_000, 30_000, 0, 0, 0))).isEqualByComparingTo("0.8");
  }

  @Test
  void isExactOverManySmallSums() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.add(ModelPrice.of("0.1", "0.1").of(end(1_000_000, 0, 0, 0, 0)));
    }
    assertThat(sum).isEqualByComparingTo("1");
  }

  @Test
  void countsApartWhatHasAPriceOfItsOwn() {
    ModelPrice detailed =
        new ModelPrice(
            BigDecimal.ONE,
            BigDecimal.TEN,
            Optional.of(new BigDecimal("0.1")),
            Optional.of(new BigDecimal("2")),
            Optional.of(new BigDecimal("20")));

    // A million each of: plain input, read, written, text, thinking.
    assertThat(detailed.of(end(3_000_000, 2_000_000, 1_000_000, 1_000_000, 1_000_000)))
        .isEqualByComparingTo("33.1");
  }

  @Test
  void takesInputAndOutputForWhatHasNone() {
    assertThat(PLAIN.of(end(3_000_000, 2_000_000, 1_000_000, 1_000_000, 1_000_000)))
        .isEqualByComparingTo("23.75");
  }

  @Test
  void countsALongInputByItsOwnPriceFromTheFirstTokenOn() {
    ModelPrice tiered = PLAIN.withLongInput(200_000, ModelPrice.of("2.5", "15"));
    assertThat(tiered.of(end(200_000, 0, 0, 0, 0))).isEqualByComparingTo("0.25");
    assertThat(tiered.of(end(200_001, 0, 0, 0, 0))).isEqualByComparingTo("0.5000025");
    assertThat(tiered.of(end(400_000, 100_000, 0, 0, 0))).isEqualByComparingTo("2.5");
  }

  @Test
  void neverComesToLessThanNothing() {
    assertThat(PLAIN.withCacheRead("0").of(end(1, 0, 5, 0, 0))).isEqualByComparingTo("0");
  }

  @Test
  void costsNothingWithoutTokens() {
    assertThat(PLAIN.of(new TurnEnd(FinishReason.STOP, Usage.NONE, Optional.empty())))
        .isEqualByComparingTo("0");
  }

  private static TurnEnd end(long input, long output, long read, long written, long thought) {
    return new TurnEnd(
        FinishReason.STOP,
        new Usage(input, output),
        Optional.of(
            ContextUsage.reported(
                input,
                output,
                OptionalLong.of(read),
                OptionalLong.of(written),
                OptionalLong.of(thought))));
  }
}
