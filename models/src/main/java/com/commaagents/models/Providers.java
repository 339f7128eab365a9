package com.commaagents.models;

import com.commaagents.models.Provider.Wire;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.openai.Dialect.Thinking;
import com.commaagents.models.openai.Dialect.Trait;
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
        called(
            "anthropic",
            "Anthropic",
            new Wire.Messages(),
            "https://api.anthropic.com/v1",
            "ANTHROPIC_API_KEY"),
        called(
            "openai", "OpenAI", new Wire.OpenAi(), "https://api.openai.com/v1", "OPENAI_API_KEY"),
        called(
            "google",
            "Google Gemini",
            new Wire.Generate(),
            "https://generativelanguage.googleapis.com/v1beta",
            "GOOGLE_GENERATIVE_AI_API_KEY",
            "GOOGLE_API_KEY"),
        called(
            "cohere", "Cohere", new Wire.Cohere(), "https://api.cohere.com/v2", "COHERE_API_KEY"),
        called(
            "github-copilot",
            "GitHub Models and Copilot",
            new Wire.GitHub(),
            "https://models.github.ai/inference",
            "GITHUB_TOKEN"),
        placed("google-vertex", "Google Vertex AI", new Wire.Vertex(), "GOOGLE_VERTEX_API_KEY"),
        placed(
            "bedrock",
            "Amazon Bedrock",
            new Wire.Converse(),
            "AWS_BEARER_TOKEN_BEDROCK",
            "AWS_SECRET_ACCESS_KEY"),
        placed("azure", "Azure OpenAI", new Wire.Azure(), "AZURE_API_KEY"),
        chat(
            Dialect.of("groq", Trait.SCHEMA_IN_WORDS).with(Thinking.REASONING),
            "Groq",
            "https://api.groq.com/openai/v1",
            "GROQ_API_KEY"),
        chat(
            Dialect.of("deepseek", Trait.SCHEMA_IN_WORDS).with(Thinking.REASONING_CONTENT),
            "DeepSeek",
            "https://api.deepseek.com/v1",
            "DEEPSEEK_API_KEY"),
        called("xai", "xAI", new Wire.XAi(), "https://api.x.ai/v1", "XAI_API_KEY"),
        chat(
            Dialect.of(
                    "mistral",
                    Trait.NO_STREAM_OPTIONS,
                    Trait.RANDOM_SEED,
                    Trait.SHORT_CALL_IDS,
                    Trait.STRICT_SCHEMA)
                .with(Thinking.CONTENT_CHUNK),
            "Mistral",
            "https://api.mistral.ai/v1",
            "MISTRAL_API_KEY"),
        chat(
            Dialect.of("openrouter", Trait.TOP_K, Trait.STRICT_SCHEMA)
                .with(Thinking.REASONING_DETAILS),
            "OpenRouter",
            "https://openrouter.ai/api/v1",
            "OPENROUTER_API_KEY"),
        chat(
            Dialect.of("together", Trait.TOP_K, Trait.SCHEMA_OR_TOOLS),
            "Together AI",
            "https://api.together.xyz/v1",
            "TOGETHER_AI_API_KEY",
            "TOGETHER_API_KEY"),
        chat(
            Dialect.of("fireworks", Trait.TOP_K, Trait.SCHEMA_OR_TOOLS)
                .with(Thinking.REASONING_CONTENT),
            "Fireworks",
            "https://api.fireworks.ai/inference/v1",
            "FIREWORKS_API_KEY"),
        chat(
            Dialect.of("perplexity", Trait.TOP_K),
            "Perplexity",
            "https://api.perplexity.ai",
            "PERPLEXITY_API_KEY"),
        new Provider(
            "ollama",
            "Ollama",
            new Wire.Ollama(),
            Optional.of("http://localhost:11434"),
            List.of(),
            false),
        local("lmstudio", "LM Studio", Optional.of("http://localhost:1234/v1")),
        local(OPENAI_COMPATIBLE, "OpenAI-compatible endpoint", Optional.empty()),
        new Provider(
            SCRIPTED, "Scripted answers", new Wire.Scripts(), Optional.empty(), List.of(), false));
  }

  private static Provider called(
      String id, String title, Wire wire, String baseUrl, String... environment) {
    return new Provider(id, title, wire, Optional.of(baseUrl), Arrays.asList(environment), true);
  }

  // Where it is, a credential and the environment say.
  private static Provider placed(String id, String title, Wire wire, String... environment) {
    return new Provider(id, title, wire, Optional.empty(), Arrays.asList(environment), true);
  }

  private static Provider chat(
      Dialect dialect, String title, String baseUrl, String... environment) {
    return called(
        dialect.providerId(), title, new Wire.ChatCompletions(dialect), baseUrl, environment);
  }

  private static Provider local(String id, String title, Optional<String> baseUrl) {
    return new Provider(
        id, title, new Wire.ChatCompletions(Dialect.compatible(id)), baseUrl, List.of(), false);
  }
}
