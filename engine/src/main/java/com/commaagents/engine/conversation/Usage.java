package com.commaagents.engine.conversation;

/// Tokens spent; not negative.
public record Usage(long promptTokens, long completionTokens) {
  public static final Usage NONE = new Usage(0, 0);

  public Usage plus(Usage other) {
    return new Usage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
  }

  public long total() {
    return promptTokens + completionTokens;
  }
}
