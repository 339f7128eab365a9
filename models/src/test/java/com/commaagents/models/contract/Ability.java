package com.commaagents.models.contract;

/// What a provider's wire may be unable to express.
public enum Ability {
  THINKING("thinking"),
  THINKING_BACK("thinking sent back"),
  TOOLS("tools"),
  /// Arguments of a tool call that are no JSON.
  BROKEN_ARGUMENTS("arguments that are no JSON"),
  CACHED_TOKENS("cached tokens"),
  REASONING_TOKENS("reasoning tokens"),
  /// An answer by a schema that the provider enforces.
  SCHEMA("an enforced schema"),
  CONTENT_FILTER("content filter as a finish");

  private final String words;

  Ability(String words) {
    this.words = words;
  }

  /// As docs/providers.md has it.
  public String words() {
    return words;
  }
}
