package com.commaagents.models.openai;

/// In what one speaker of chat completions differs from the others.
///
/// @param providerId whose `providerOptions` are merged into the request
/// @param topK whether it takes `top_k`; where it does not, the option is left out
/// @param streamOptions whether it takes `stream_options`; one that does not reports usage anyway
/// @param seedField the name of the `seed` option
/// @param schema how it is told what the answer must look like
/// @param openEnded whether this is an endpoint somebody configured, for which options may also be
///   given under `openai`
public record Dialect(
    String providerId,
    boolean topK,
    boolean streamOptions,
    String seedField,
    AnswerSchema schema,
    boolean openEnded) {

  /// How a provider is told the schema of an answer.
  public enum AnswerSchema {
    /// As `response_format`, which it enforces.
    ENFORCED,
    /// In words, at the end of the system prompt.
    IN_WORDS
  }

  /// OpenAI's own.
  public static final Dialect OPENAI =
      new Dialect("openai", false, true, "seed", AnswerSchema.ENFORCED, false);

  /// An endpoint somebody configured.
  public static Dialect compatible(String providerId) {
    return new Dialect(providerId, true, true, "seed", AnswerSchema.ENFORCED, true);
  }

  public Dialect withProviderId(String otherId) {
    return new Dialect(otherId, topK, streamOptions, seedField, schema, openEnded);
  }

  /// Whether OpenAI's newer limit `max_completion_tokens` is wanted in place of `max_tokens`.
  boolean takesCompletionLimit(String model) {
    return providerId.equals("openai") && model.matches("(o\\d|gpt-5).*");
  }
}
