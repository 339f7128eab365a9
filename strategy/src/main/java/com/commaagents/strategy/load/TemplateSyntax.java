package com.commaagents.strategy.load;

import java.util.Optional;

/// Says whether a prompt template parses. Thread-safe.
@FunctionalInterface
public interface TemplateSyntax {
  /// Takes every template.
  TemplateSyntax NOT_CHECKED = _ -> Optional.empty();

  /// What is wrong with a template, in one sentence for its author; empty where it parses.
  Optional<String> mistake(String template);
}
