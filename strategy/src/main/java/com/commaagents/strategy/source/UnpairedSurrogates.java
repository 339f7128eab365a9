package com.commaagents.strategy.source;

/// Half characters, which an escape can write but UTF-8 cannot hold: nothing that carries one could
/// be stored or sent.
final class UnpairedSurrogates {
  static final String MESSAGE = "a text with half of a surrogate pair; escape both halves";

  private UnpairedSurrogates() {}

  static boolean in(CharSequence text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (Character.isHighSurrogate(character)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
      } else if (Character.isSurrogate(character)) {
        return true;
      }
    }
    return false;
  }
}
