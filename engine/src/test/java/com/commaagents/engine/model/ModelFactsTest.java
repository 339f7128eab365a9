package com.commaagents.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Tokens;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ModelFactsTest {
  private static final ModelFacts LISTED =
      ModelFacts.unknown("m")
          .withName("Listed")
          .withTokens(new Tokens(OptionalLong.of(100), OptionalLong.of(80), OptionalLong.of(20)))
          .withPrices(prices("1", "2", Optional.empty()));

  @Test
  void fillsOnlyWhatIsNotKnown() {
    ModelFacts said =
        ModelFacts.unknown("m")
            .withTokens(
                new Tokens(OptionalLong.of(200), OptionalLong.empty(), OptionalLong.empty()))
            .withCapabilities(Capabilities.UNKNOWN);
    assertThat(said.or(LISTED))
        .isEqualTo(
            LISTED.withTokens(
                new Tokens(OptionalLong.of(200), OptionalLong.of(80), OptionalLong.of(20))));
  }

  @Test
  void tellsTheEngineWhatItNeeds() {
    assertThat(LISTED.info("p/m"))
        .isEqualTo(
            new ModelInfo("p/m", OptionalLong.of(100), OptionalLong.of(80))
                .withPrice(ModelPrice.of("1", "2")));
  }

  @Test
  void hasNoPriceUnlessInputAndOutputAreKnown() {
    Prices half =
        new Prices(
            Optional.of(BigDecimal.ONE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(half.price()).isEmpty();
  }

  @Test
  void takesThePlainPriceForWhatALongInputHasNoneOf() {
    Prices tier = prices("3", "4", Optional.empty());
    Prices tiered =
        new Prices(
            Optional.of(BigDecimal.ONE),
            Optional.of(BigDecimal.TWO),
            Optional.empty(),
            Optional.of(new BigDecimal("0.1")),
            Optional.empty(),
            Optional.of(new Prices.LongInput(200_000, tier)));
    assertThat(tiered.price())
        .contains(
            ModelPrice.of("1", "2")
                .withCacheRead("0.1")
                .withLongInput(200_000, ModelPrice.of("3", "4").withCacheRead("0.1")));
  }

  private static Prices prices(String input, String output, Optional<Prices.LongInput> tier) {
    return new Prices(
        Optional.of(new BigDecimal(input)),
        Optional.of(new BigDecimal(output)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        tier);
  }
}
