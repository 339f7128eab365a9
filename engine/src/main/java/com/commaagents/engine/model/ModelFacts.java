package com.commaagents.engine.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is publicly known of one model of one provider, or what the provider itself says of it.
/// Everything but the id may be unknown. Immutable.
///
/// @param id the provider's own name for it
/// @param family what it is one of, such as `claude-opus`
public record ModelFacts(
    String id,
    Optional<String> name,
    Optional<String> family,
    Tokens tokens,
    Dates dates,
    Optional<Status> status,
    Modalities modalities,
    Capabilities capabilities,
    Prices prices) {

  /// Where a model stands in its life; one that is simply there has none.
  public enum Status {
    ALPHA,
    BETA,
    DEPRECATED
  }

  /// A kind of content.
  public enum Modality {
    TEXT,
    IMAGE,
    AUDIO,
    VIDEO,
    PDF
  }

  /// Limits in tokens.
  ///
  /// @param maxInput empty where the context window is the limit
  public record Tokens(OptionalLong contextWindow, OptionalLong maxInput, OptionalLong maxOutput) {
    public static final Tokens UNKNOWN =
        new Tokens(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    Tokens or(Tokens other) {
      return new Tokens(
          first(contextWindow, other.contextWindow),
          first(maxInput, other.maxInput),
          first(maxOutput, other.maxOutput));
    }
  }

  /// Dates as the provider gives them: a day, or only a month.
  public record Dates(
      Optional<String> knowledgeCutoff, Optional<String> released, Optional<String> updated) {
    public static final Dates UNKNOWN =
        new Dates(Optional.empty(), Optional.empty(), Optional.empty());

    Dates or(Dates other) {
      return new Dates(
          knowledgeCutoff.or(other::knowledgeCutoff),
          released.or(other::released),
          updated.or(other::updated));
    }
  }

  /// What a model takes and gives; empty where that is not known.
  public record Modalities(List<Modality> input, List<Modality> output) {
    public static final Modalities UNKNOWN = new Modalities(List.of(), List.of());

    public Modalities {
      input = List.copyOf(input);
      output = List.copyOf(output);
    }

    Modalities or(Modalities other) {
      return new Modalities(
          input.isEmpty() ? other.input : input, output.isEmpty() ? other.output : output);
    }
  }

  /// What a model can do; empty where that is not known.
  public record Capabilities(
      Optional<Boolean> tools,
      Optional<Boolean> reasoning,
      Optional<Boolean> vision,
      Optional<Boolean> attachment,
      Optional<Boolean> structuredOutput) {
    public static final Capabilities UNKNOWN =
        new Capabilities(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Capabilities or(Capabilities other) {
      return new Capabilities(
          tools.or(other::tools),
          reasoning.or(other::reasoning),
          vision.or(other::vision),
          attachment.or(other::attachment),
          structuredOutput.or(other::structuredOutput));
    }
  }

  /// US dollars for a million tokens.
  ///
  /// @param longInput what counts in place of these once the input is long
  public record Prices(
      Optional<BigDecimal> input,
      Optional<BigDecimal> output,
      Optional<BigDecimal> reasoning,
      Optional<BigDecimal> cacheRead,
      Optional<BigDecimal> cacheWrite,
      Optional<LongInput> longInput) {
    public static final Prices UNKNOWN =
        new Prices(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// The prices of a request with more than `aboveTokens` of input.
    public record LongInput(long aboveTokens, Prices prices) {}

    Prices or(Prices other) {
      return new Prices(
          input.or(other::input),
          output.or(other::output),
          reasoning.or(other::reasoning),
          cacheRead.or(other::cacheRead),
          cacheWrite.or(other::cacheWrite),
          longInput.or(other::longInput));
    }

    /// What a round-trip can be counted by; empty unless input and output are known.
    public Optional<ModelPrice> price() {
      if (input.isEmpty() || output.isEmpty()) {
        return Optional.empty();
      }
      ModelPrice plain =
          new ModelPrice(input.get(), output.get(), cacheRead, cacheWrite, reasoning);
      return Optional.of(
          longInput
              .flatMap(tier ->
                  tier.prices()
                      .or(this.withoutLongInput())
                      .price()
                      .map(price -> plain.withLongInput(tier.aboveTokens(), price)))
              .orElse(plain));
    }

    private Prices withoutLongInput() {
      return new Prices(input, output, reasoning, cacheRead, cacheWrite, Optional.empty());
    }
  }

  /// Nothing but the id is known.
  public static ModelFacts unknown(String id) {
    return new ModelFacts(
        id,
        Optional.empty(),
        Optional.empty(),
        Tokens.UNKNOWN,
        Dates.UNKNOWN,
        Optional.empty(),
        Modalities.UNKNOWN,
        Capabilities.UNKNOWN,
        Prices.UNKNOWN);
  }

  /// These facts, and where they are silent those of `other`, under this id.
  public ModelFacts or(ModelFacts other) {
    return new ModelFacts(
        id,
        name.or(other::name),
        family.or(other::family),
        tokens.or(other.tokens),
        dates.or(other.dates),
        status.or(other::status),
        modalities.or(other.modalities),
        capabilities.or(other.capabilities),
        prices.or(other.prices));
  }

  public ModelFacts withName(String shown) {
    return new ModelFacts(
        id, Optional.of(shown), family, tokens, dates, status, modalities, capabilities, prices);
  }

  public ModelFacts withTokens(Tokens limits) {
    return new ModelFacts(
        id, name, family, limits, dates, status, modalities, capabilities, prices);
  }

  public ModelFacts withCapabilities(Capabilities abilities) {
    return new ModelFacts(id, name, family, tokens, dates, status, modalities, abilities, prices);
  }

  public ModelFacts withPrices(Prices known) {
    return new ModelFacts(id, name, family, tokens, dates, status, modalities, capabilities, known);
  }

  /// What the engine needs of it.
  ///
  /// @param fullName `provider/model`
  public ModelInfo info(String fullName) {
    return new ModelInfo(fullName, tokens.contextWindow(), tokens.maxInput(), prices.price());
  }

  private static OptionalLong first(OptionalLong one, OptionalLong other) {
    return one.isPresent() ? one : other;
  }
}
