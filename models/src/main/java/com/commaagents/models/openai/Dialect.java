package com.commaagents.models.openai;

import java.util.EnumSet;
import java.util.Set;

/// In what one speaker of chat completions differs from the others.
///
/// @param providerId whose `providerOptions` are merged into the request
/// @param thinking how a model gets its own thinking back
public record Dialect(String providerId, Set<Trait> traits, Thinking thinking) {
  public Dialect {
    traits = Set.copyOf(traits);
  }

  /// A way to differ.
  public enum Trait {
    /// Takes `top_k`; where it does not, the option is left out.
    TOP_K,
    /// Reports usage without being asked, and refuses to be asked.
    NO_STREAM_OPTIONS,
    /// Calls the option `seed` `random_seed`.
    RANDOM_SEED,
    /// Does not enforce a schema of the answer: it is told in words, at the end of the system
    /// prompt.
    SCHEMA_IN_WORDS,
    /// Enforces a schema of the answer from its first word on, so that no tool can be called:
    /// beside tools it is told in words.
    SCHEMA_OR_TOOLS,
    /// Enforces a schema to the letter where it is told to, and the schema is one it can enforce.
    STRICT_SCHEMA,
    /// Takes ids of tool calls of nine letters and digits only.
    SHORT_CALL_IDS,
    /// Calls the limit of an answer `max_completion_tokens`.
    COMPLETION_LIMIT,
    /// Calls it so for models that think, and `max_tokens` for all others.
    COMPLETION_LIMIT_OF_THINKERS,
    /// An endpoint somebody configured: options may also be given under `openai`.
    OPEN_ENDED
  }

  /// How a model gets its own thinking back in a later request.
  public enum Thinking {
    /// Not at all.
    NOT_SENT,
    /// As `reasoning_content`.
    REASONING_CONTENT,
    /// As `reasoning`, for as long as the same prompt is being answered.
    REASONING,
    /// As the `reasoning_details` it came with.
    REASONING_DETAILS,
    /// As `reasoning_text`, with the `reasoning_opaque` it came with.
    REASONING_OPAQUE,
    /// As a chunk of the content.
    CONTENT_CHUNK
  }

  /// OpenAI's own.
  public static final Dialect OPENAI = of("openai", Trait.COMPLETION_LIMIT, Trait.STRICT_SCHEMA);

  /// That of what stands in for OpenAI's own: older names are known for sure.
  public static final Dialect OPENAI_ELSEWHERE =
      of("openai", Trait.COMPLETION_LIMIT_OF_THINKERS, Trait.STRICT_SCHEMA);

  public static Dialect of(String providerId, Trait... traits) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(Set.of(traits));
    return new Dialect(providerId, all, Thinking.NOT_SENT);
  }

  /// An endpoint somebody configured.
  public static Dialect compatible(String providerId) {
    return of(providerId, Trait.TOP_K, Trait.OPEN_ENDED, Trait.SCHEMA_OR_TOOLS);
  }

  public Dialect with(Thinking other) {
    return new Dialect(providerId, traits, other);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
