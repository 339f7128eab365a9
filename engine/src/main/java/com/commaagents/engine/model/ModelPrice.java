package com.commaagents.engine.model;

import com.commaagents.engine.conversation.ContextUsage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/// What a model costs, in US dollars for a million tokens. Sums are exact.
///
/// @param cacheRead of input that was read from the provider's cache; empty: as input
/// @param cacheWrite of input that was written to it; empty: as input
/// @param reasoning of output that is thinking; empty: as output
public record ModelPrice(
    BigDecimal input,
    BigDecimal output,
    Optional<BigDecimal> cacheRead,
    Optional<BigDecimal> cacheWrite,
    Optional<BigDecimal> reasoning) {
  private static final int MILLION_DIGITS = 6;

  /// Of a model that runs at home, or only in a test.
  public static final ModelPrice FREE =
      new ModelPrice(
          BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty(), Optional.empty(), Optional.empty());

  /// Input and output, for example `"1.25", "10"`.
  ///
  /// @throws NumberFormatException for what is no number
  public static ModelPrice of(String input, String output) {
    return new ModelPrice(
        new BigDecimal(input),
        new BigDecimal(output),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public ModelPrice withCacheRead(String dollars) {
    return new ModelPrice(
        input, output, Optional.of(new BigDecimal(dollars)), cacheWrite, reasoning);
  }

  public ModelPrice withCacheWrite(String dollars) {
    return new ModelPrice(
        input, output, cacheRead, Optional.of(new BigDecimal(dollars)), reasoning);
  }

  /// The cost of a round-trip in US dollars, by what the provider reported.
  public BigDecimal of(TurnEnd end) {
    Optional<ContextUsage> reported = end.contextUsage();
    long read =
        count(
            reported
                .flatMap(ContextUsage::inputDetails)
                .map(ContextUsage.InputDetails::cacheReadTokens));
    long written =
        count(
            reported
                .flatMap(ContextUsage::inputDetails)
                .map(ContextUsage.InputDetails::cacheWriteTokens));
    long thought =
        count(
            reported
                .flatMap(ContextUsage::outputDetails)
                .map(ContextUsage.OutputDetails::reasoningTokens));
    return times(input, end.usage().promptTokens() - read - written)
        .add(times(cacheRead.orElse(input), read))
        .add(times(cacheWrite.orElse(input), written))
        .add(times(output, end.usage().completionTokens() - thought))
        .add(times(reasoning.orElse(output), thought));
  }

  private static long count(Optional<OptionalLong> tokens) {
    return tokens.orElse(OptionalLong.empty()).orElse(0);
  }

  // What is counted apart from the sum it should be part of does not make the sum negative.
  private static BigDecimal times(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(Math.max(0, tokens))).movePointLeft(MILLION_DIGITS);
  }
}
