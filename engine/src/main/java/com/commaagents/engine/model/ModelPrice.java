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
/// @param longInput what a round-trip with a long input costs instead, all of it
public record ModelPrice(
    BigDecimal input,
    BigDecimal output,
    Optional<BigDecimal> cacheRead,
    Optional<BigDecimal> cacheWrite,
    Optional<BigDecimal> reasoning,
    Optional<LongInput> longInput) {
  private static final int MILLION_DIGITS = 6;

  /// The price of a round-trip with more than `aboveTokens` of input.
  public record LongInput(long aboveTokens, ModelPrice price) {}

  /// A price that does not depend on how long the input is.
  public ModelPrice(
      BigDecimal input,
      BigDecimal output,
      Optional<BigDecimal> cacheRead,
      Optional<BigDecimal> cacheWrite,
      Optional<BigDecimal> reasoning) {
    this(input, output, cacheRead, cacheWrite, reasoning, Optional.empty());
  }

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
        input, output, Optional.of(new BigDecimal(dollars)), cacheWrite, reasoning, longInput);
  }

  public ModelPrice withCacheWrite(String dollars) {
    return new ModelPrice(
        input, output, cacheRead, Optional.of(new BigDecimal(dollars)), reasoning, longInput);
  }

  public ModelPrice withLongInput(long aboveTokens, ModelPrice price) {
    return new ModelPrice(
        input,
        output,
        cacheRead,
        cacheWrite,
        reasoning,
        Optional.of(new LongInput(aboveTokens, price)));
  }

  /// The cost of a round-trip in US dollars, by what the provider reported.
  public BigDecimal of(TurnEnd end) {
    long sent = end.usage().promptTokens();
    return longInput
        .filter(tier -> sent > tier.aboveTokens())
        .map(LongInput::price)
        .orElse(this)
        .plain(end);
  }

  private BigDecimal plain(TurnEnd end) {
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
