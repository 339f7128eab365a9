package com.commaagents.models.openai;

import java.util.regex.Pattern;

/// Which of OpenAI's models think before they answer.
///
/// Source: OpenAI's model pages, 2026.
public final class ReasoningModels {
  private static final Pattern NAME =
      Pattern.compile("(o\\d|gpt-([5-9]|\\d\\d)(?!.*-chat)|codex|computer-use).*");

  private ReasoningModels() {}

  /// @param model the model's name, with its maker before a slash or without
  public static boolean has(String model) {
    return NAME.matcher(model.substring(model.lastIndexOf('/') + 1)).matches();
  }
}
