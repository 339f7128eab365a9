package com.commaagents.tools.pattern;

import java.util.ArrayList;
import java.util.List;

/// A pattern over one piece of text: `*` any characters, `?` one, `[a-z]` and `[!a-z]` one of a
/// set. Every text is a pattern; an unclosed `[` stands for itself.
///
/// Cost of a match: length of the pattern times length of the text. Immutable.
public final class Wildcard {
  private final List<Token> tokens;

  private Wildcard(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  private sealed interface Token {
    record Literal(char character) implements Token {}

    record AnyOne() implements Token {}

    record AnyText() implements Token {}

    record OneOf(String ranges, boolean negated) implements Token {}
  }

  public static Wildcard of(String pattern) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      int close = c == '[' ? closing(pattern, at) : -1;
      if (close > 0) {
        boolean negated = "!^".indexOf(pattern.charAt(at + 1)) >= 0;
        tokens.add(new Token.OneOf(pattern.substring(at + (negated ? 2 : 1), close), negated));
        at = close;
      } else if (c == '*') {
        tokens.add(new Token.AnyText());
      } else if (c == '?') {
        tokens.add(new Token.AnyOne());
      } else {
        tokens.add(new Token.Literal(c));
      }
      at++;
    }
    return new Wildcard(tokens);
  }

  private static int closing(String pattern, int open) {
    int first = open + 1;
    if (first < pattern.length() && "!^".indexOf(pattern.charAt(first)) >= 0) {
      first++;
    }
    return pattern.indexOf(']', first + 1);
  }

  /// Whether the whole text fits.
  public boolean matches(String text) {
    int token = 0;
    int at = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length()) {
      if (token < tokens.size() && tokens.get(token) instanceof Token.AnyText) {
        star = token++;
        starAt = at;
      } else if (token < tokens.size() && fits(tokens.get(token), text.charAt(at))) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) instanceof Token.AnyText) {
      token++;
    }
    return token == tokens.size();
  }

  private static boolean fits(Token token, char c) {
    return switch (token) {
      case Token.Literal(char expected) -> expected == c;
      case Token.AnyOne() -> true;
      case Token.AnyText() -> false;
      case Token.OneOf(String ranges, boolean negated) -> contains(ranges, c) != negated;
    };
  }

  private static boolean contains(String ranges, char c) {
    for (int i = 0; i < ranges.length(); i++) {
      if (i + 2 < ranges.length() && ranges.charAt(i + 1) == '-') {
        if (ranges.charAt(i) <= c && c <= ranges.charAt(i + 2)) {
          return true;
        }
        i += 2;
      } else if (ranges.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }
}
