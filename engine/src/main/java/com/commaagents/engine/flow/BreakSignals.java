package com.commaagents.engine.flow;

import com.commaagents.strategy.definition.FlowDefinition.SignalMatch;
import java.util.List;
import java.util.Locale;

/// Whether an observer's answer ends its cycle. Case never counts.
final class BreakSignals {
  private BreakSignals() {}

  static boolean match(SignalMatch match, List<String> signals, String answer) {
    String said = answer.toLowerCase(Locale.ROOT);
    List<String> wanted =
        signals.stream()
            .map(signal -> signal.toLowerCase(Locale.ROOT))
            .filter(signal -> !signal.isBlank())
            .toList();
    return switch (match) {
      case SUBSTRING -> wanted.stream().anyMatch(said::contains);
      case FIRST_LINE ->
          said.lines()
              .filter(line -> !line.isBlank())
              .findFirst()
              .filter(line -> isSignal(line, wanted))
              .isPresent();
      case ANY_LINE -> said.lines().anyMatch(line -> isSignal(line, wanted));
      case EXACT -> wanted.stream().anyMatch(signal -> said.strip().equals(signal.strip()));
    };
  }

  // A signal stands at the head of the line and is not merely the beginning of a longer word.
  private static boolean isSignal(String line, List<String> wanted) {
    String trimmed = line.strip();
    for (String signal : wanted) {
      String head = signal.strip();
      if (trimmed.startsWith(head)
          && (trimmed.length() == head.length()
              || Character.isWhitespace(trimmed.charAt(head.length())))) {
        return true;
      }
    }
    return false;
  }
}
