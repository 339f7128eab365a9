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
    /// Takes ids of tool calls of nine letters and digits only.
    SHORT_CALL_IDS,
    /// Wants `max_completion_tokens` of models that think.
    COMPLETION_LIMIT,
    /// An endpoint somebody configured: options may also be given under `openai`.
    OPEN_ENDED
  }

  /// How a model gets its own thinking back in a later request.
  public enum Thinking {
    /// Not at all.
    NOT_SENT,
    /// As `reasoning_content`, for as long as the same prompt is being answered.
    REASONING_CONTENT,
    /// As the `reasoning_details` it came with.
    REASONING_DETAILS,
    /// As a chunk of the content.
    CONTENT_CHUNK
  }

  /// OpenAI's own.
  public static final Dialect OPENAI = of("openai", Trait.COMPLETION_LIMIT);

  public static Dialect of(String providerId, Trait... traits) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(Set.of(traits));
    return new Dialect(providerId, all, Thinking.NOT_SENT);
  }

  /// An endpoint somebody configured.
  public static Dialect compatible(String providerId) {
    return of(providerId, Trait.TOP_K, Trait.OPEN_ENDED);
  }

  public Dialect with(Thinking other) {
    return new Dialect(providerId, traits, other);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
