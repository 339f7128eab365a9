package com.commaagents.models;

import com.commaagents.engine.model.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of models without asking anybody: their context windows, and their prices as
/// [PriceList] has them.
///
/// A family covers every model whose id begins with it, so that a new date at its end needs no new
/// line; of several families the longest counts. Immutable.
///
/// Source: the providers' public model pages, 2026.
final class Catalogue {
  /// @param idPrefix what the ids of the family begin with
  /// @param contextWindow in tokens
  /// @param maxInputTokens in tokens; empty where the context window is the limit
  record Family(
      String providerId, String idPrefix, long contextWindow, OptionalLong maxInputTokens) {}

  private static final List<Family> FAMILIES =
      List.of(
          family("anthropic", "claude-", 200_000),
          family("deepseek", "deepseek-chat", 128_000),
          family("deepseek", "deepseek-reasoner", 128_000),
          family("groq", "llama-3.1-8b-instant", 131_072),
          family("groq", "llama-3.3-70b-versatile", 131_072),
          family("groq", "openai/gpt-oss-", 131_072),
          family("lmstudio", "openai/gpt-oss-", 131_072),
          family("mistral", "mistral-large-", 128_000),
          family("mistral", "mistral-medium-", 128_000),
          family("mistral", "mistral-small-", 128_000),
          family("openai", "gpt-3.5-turbo", 16_385),
          family("openai", "gpt-4", 8_192),
          family("openai", "gpt-4-turbo", 128_000),
          family("openai", "gpt-4.1", 1_047_576),
          family("openai", "gpt-4o", 128_000),
          new Family("openai", "gpt-5", 400_000, OptionalLong.of(272_000)),
          family("openai", "gpt-4.5", 128_000),
          family("openai", "o1", 200_000),
          family("openai", "o1-mini", 128_000),
          family("openai", "o3", 200_000),
          family("openai", "o4-mini", 200_000),
          family("perplexity", "sonar", 128_000),
          family("xai", "grok-3", 131_072),
          family("xai", "grok-4", 256_000),
          family("xai", "grok-4-fast", 2_000_000));

  // It passes calls on to other providers and names them in the model's id.
  private static final String RESELLER = "openrouter";

  private Catalogue() {}

  /// The family of a provider's model; empty where we do not know it.
  static Optional<Family> find(String providerId, String modelId) {
    if (providerId.equals(RESELLER)) {
      return ModelName.parse(modelId).flatMap(name -> find(name.providerId(), name.modelId()));
    }
    Optional<Family> longest = Optional.empty();
    for (Family family : FAMILIES) {
      boolean fits =
          family.providerId().equals(providerId) && modelId.startsWith(family.idPrefix());
      if (fits
          && longest
              .filter(known -> known.idPrefix().length() > family.idPrefix().length())
              .isEmpty()) {
        longest = Optional.of(family);
      }
    }
    return longest;
  }

  /// What is known of a provider's model, under its name.
  static ModelInfo info(ModelName name) {
    Optional<Family> family = find(name.providerId(), name.modelId());
    return new ModelInfo(
        name.toString(),
        family.isPresent() ? OptionalLong.of(family.get().contextWindow()) : OptionalLong.empty(),
        family.isPresent() ? family.get().maxInputTokens() : OptionalLong.empty(),
        PriceList.find(name.providerId(), name.modelId()));
  }

  /// The providers that offer a model, by name.
  static List<String> offering(String modelId) {
    return FAMILIES.stream()
        .filter(family -> modelId.startsWith(family.idPrefix()))
        .map(Family::providerId)
        .distinct()
        .sorted()
        .toList();
  }

  private static Family family(String providerId, String idPrefix, long contextWindow) {
    return new Family(providerId, idPrefix, contextWindow, OptionalLong.empty());
  }
}
