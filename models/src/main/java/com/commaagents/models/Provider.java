package com.commaagents.models;

import com.commaagents.models.openai.Dialect;
import java.util.List;
import java.util.Optional;

/// A provider that is built in.
///
/// @param title its name for people
/// @param wire what it speaks
/// @param baseUrl where it is; empty where only a credential can say
/// @param environment the variables its key may be in, the first that is set counts
/// @param needsKey whether a call without a key makes no sense
record Provider(
    String id,
    String title,
    Wire wire,
    Optional<String> baseUrl,
    List<String> environment,
    boolean needsKey) {

  /// What a provider speaks.
  sealed interface Wire {
    record ChatCompletions(Dialect dialect) implements Wire {}

    /// OpenAI itself: chat completions, or responses.
    record OpenAi() implements Wire {}

    /// xAI: responses, or chat completions.
    record XAi() implements Wire {}

    /// OpenAI's APIs at a resource of Azure.
    record Azure() implements Wire {}

    /// Chat completions of GitHub Models, or of Copilot.
    record GitHub() implements Wire {}

    /// Anthropic's.
    record Messages() implements Wire {}

    /// Gemini's.
    record Generate() implements Wire {}

    /// The same at Vertex AI.
    record Vertex() implements Wire {}

    /// Ollama's own.
    record Ollama() implements Wire {}

    /// Bedrock's.
    record Converse() implements Wire {}

    record Cohere() implements Wire {}

    record Scripts() implements Wire {}
  }
}
