package com.commaagents.models;

import com.commaagents.engine.model.ModelPrice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the models of the built-in providers cost.
///
/// A price holds for one model and its dated releases, never for a whole family: a name that is
/// merely alike may cost ten times as much. Models whose price depends on more than tokens, or on
/// the length of the input, are left out, and so is everything that a reseller passes on.
/// Immutable.
///
/// Source: the providers' public price lists, 2026; standard tier, text.
final class PriceList {
  /// Providers that nobody pays by the token.
  private static final Set<String> FREE = Set.of("ollama", "lmstudio", Providers.SCRIPTED);

  // What stands behind the name of a dated release.
  private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

  private static final Map<String, ModelPrice> PRICES = new PriceList().prices;

  private final Map<String, ModelPrice> prices = new HashMap<>();

  private PriceList() {
    anthropic();
    openai();
    others();
  }

  /// The price of a provider's model; empty where we do not know it.
  static Optional<ModelPrice> find(String providerId, String modelId) {
    if (FREE.contains(providerId)) {
      return Optional.of(ModelPrice.FREE);
    }
    String undated = DATE.matcher(modelId).replaceFirst("");
    return Optional.ofNullable(PRICES.get(providerId + "/" + undated));
  }

  private void anthropic() {
    ModelPrice opus4 = ModelPrice.of("15", "75").withCacheRead("1.5").withCacheWrite("18.75");
    ModelPrice opus45 = ModelPrice.of("5", "25").withCacheRead("0.5").withCacheWrite("6.25");
    ModelPrice sonnet = ModelPrice.of("3", "15").withCacheRead("0.3").withCacheWrite("3.75");
    add("anthropic", opus4, "claude-3-opus", "claude-opus-4", "claude-opus-4-0", "claude-opus-4-1");
    add("anthropic", opus45, "claude-opus-4-5", "claude-opus-4-6");
    add("anthropic", sonnet, "claude-3-5-sonnet", "claude-3-7-sonnet", "claude-sonnet-4");
    add("anthropic", sonnet, "claude-sonnet-4-0", "claude-sonnet-4-5", "claude-sonnet-4-6");
    add(
        "anthropic",
        ModelPrice.of("1", "5").withCacheRead("0.1").withCacheWrite("1.25"),
        "claude-haiku-4-5");
    add(
        "anthropic",
        ModelPrice.of("0.8", "4").withCacheRead("0.08").withCacheWrite("1"),
        "claude-3-5-haiku");
    add(
        "anthropic",
        ModelPrice.of("0.25", "1.25").withCacheRead("0.03").withCacheWrite("0.3"),
        "claude-3-haiku");
  }

  private void openai() {
    add("openai", ModelPrice.of("0.5", "1.5"), "gpt-3.5-turbo");
    add("openai", ModelPrice.of("30", "60"), "gpt-4");
    add("openai", ModelPrice.of("10", "30"), "gpt-4-turbo");
    openai("gpt-4.1", "2", "8", "0.5");
    openai("gpt-4.1-mini", "0.4", "1.6", "0.1");
    openai("gpt-4.1-nano", "0.1", "0.4", "0.025");
    openai("gpt-4o", "2.5", "10", "1.25");
    openai("gpt-4o-mini", "0.15", "0.6", "0.075");
    openai("gpt-5", "1.25", "10", "0.125");
    openai("gpt-5-mini", "0.25", "2", "0.025");
    openai("gpt-5-nano", "0.05", "0.4", "0.005");
    openai("gpt-5.1", "1.25", "10", "0.125");
    openai("gpt-5.2", "1.75", "14", "0.175");
    openai("o1", "15", "60", "7.5");
    openai("o1-mini", "1.1", "4.4", "0.55");
    openai("o3", "2", "8", "0.5");
    openai("o3-mini", "1.1", "4.4", "0.55");
    openai("o4-mini", "1.1", "4.4", "0.275");
  }

  private void others() {
    add(
        "deepseek",
        ModelPrice.of("0.28", "0.42").withCacheRead("0.028"),
        "deepseek-chat",
        "deepseek-reasoner");
    add("groq", ModelPrice.of("0.05", "0.08"), "llama-3.1-8b-instant");
    add("groq", ModelPrice.of("0.59", "0.79"), "llama-3.3-70b-versatile");
    add("mistral", ModelPrice.of("2", "6"), "mistral-large-2411");
    add("mistral", ModelPrice.of("0.5", "1.5"), "mistral-large-2512");
    add("mistral", ModelPrice.of("0.4", "2"), "mistral-medium-2505", "mistral-medium-2508");
    add("mistral", ModelPrice.of("0.1", "0.3"), "mistral-small-2506");
    add("xai", ModelPrice.of("3", "15").withCacheRead("0.75"), "grok-3");
    add("xai", ModelPrice.of("0.3", "0.5").withCacheRead("0.075"), "grok-3-mini");
  }

  private void openai(String modelId, String input, String output, String cached) {
    add("openai", ModelPrice.of(input, output).withCacheRead(cached), modelId);
  }

  private void add(String providerId, ModelPrice price, String... modelIds) {
    for (String modelId : modelIds) {
      prices.put(providerId + "/" + modelId, price);
    }
  }
}
