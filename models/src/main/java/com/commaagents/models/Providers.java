package com.commaagents.models;

import com.commaagents.models.Provider.Wire;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.openai.Dialect.AnswerSchema;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The built-in providers, by id. Immutable.
final class Providers {
  static final String OPENAI_COMPATIBLE = "openai-compatible";
  static final String SCRIPTED = "scripted";

  private static final Map<String, Provider> BY_ID =
      all().stream().collect(Collectors.toUnmodifiableMap(Provider::id, Function.identity()));

  private Providers() {}

  static Optional<Provider> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /// In the order of their ids.
  static List<Provider> sorted() {
    return BY_ID.values().stream().sorted(Comparator.comparing(Provider::id)).toList();
  }

  private static List<Provider> all() {
    return List.of(
        new Provider(
            "anthropic",
            "Anthropic",
            new Wire.Messages(),
            Optional.of("https://api.anthropic.com/v1"),
            List.of("ANTHROPIC_API_KEY"),
            true),
        chat(Dialect.OPENAI, "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY"),
        chat(
            strict("groq", AnswerSchema.IN_WORDS),
            "Groq",
            "https://api.groq.com/openai/v1",
            "GROQ_API_KEY"),
        chat(
            strict("deepseek", AnswerSchema.IN_WORDS),
            "DeepSeek",
            "https://api.deepseek.com/v1",
            "DEEPSEEK_API_KEY"),
        chat(strict("xai", AnswerSchema.ENFORCED), "xAI", "https://api.x.ai/v1", "XAI_API_KEY"),
        chat(
            new Dialect("mistral", false, false, "random_seed", AnswerSchema.ENFORCED, false),
            "Mistral",
            "https://api.mistral.ai/v1",
            "MISTRAL_API_KEY"),
        chat(
            open("openrouter"), "OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        chat(
            open("together"),
            "Together AI",
            "https://api.together.xyz/v1",
            "TOGETHER_AI_API_KEY",
            "TOGETHER_API_KEY"),
        chat(
            open("fireworks"),
            "Fireworks",
            "https://api.fireworks.ai/inference/v1",
            "FIREWORKS_API_KEY"),
        chat(open("perplexity"), "Perplexity", "https://api.perplexity.ai", "PERPLEXITY_API_KEY"),
        local("ollama", "Ollama", Optional.of("http://localhost:11434/v1")),
        local("lmstudio", "LM Studio", Optional.of("http://localhost:1234/v1")),
        local(OPENAI_COMPATIBLE, "OpenAI-compatible endpoint", Optional.empty()),
        new Provider(
            SCRIPTED, "Scripted answers", new Wire.Scripts(), Optional.empty(), List.of(), false),
        unbuilt("google", "Google", "GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"),
        unbuilt("google-vertex", "Google Vertex AI", "GOOGLE_VERTEX_API_KEY"),
        unbuilt("bedrock", "Amazon Bedrock"),
        unbuilt("azure", "Azure OpenAI"),
        unbuilt("cohere", "Cohere", "COHERE_API_KEY"),
        unbuilt("github-copilot", "GitHub Copilot", "GITHUB_TOKEN"));
  }

  // Refuses what it does not know: `top_k` is left out.
  private static Dialect strict(String id, AnswerSchema schema) {
    return new Dialect(id, false, true, "seed", schema, false);
  }

  private static Dialect open(String id) {
    return new Dialect(id, true, true, "seed", AnswerSchema.ENFORCED, false);
  }

  private static Provider chat(
      Dialect dialect, String title, String baseUrl, String... environment) {
    return new Provider(
        dialect.providerId(),
        title,
        new Wire.ChatCompletions(dialect),
        Optional.of(baseUrl),
        Arrays.asList(environment),
        true);
  }

  private static Provider local(String id, String title, Optional<String> baseUrl) {
    return new Provider(
        id, title, new Wire.ChatCompletions(Dialect.compatible(id)), baseUrl, List.of(), false);
  }

  private static Provider unbuilt(String id, String title, String... environment) {
    return new Provider(
        id, title, new Wire.Unbuilt(), Optional.empty(), Arrays.asList(environment), true);
  }
}
