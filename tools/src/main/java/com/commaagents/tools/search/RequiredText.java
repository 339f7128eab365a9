package com.commaagents.tools.search;

import java.util.ArrayList;
import java.util.List;

/// Finds in a regular expression the texts of which every match holds one: for each of its
/// alternatives the longest piece that stands there as it is.
///
/// It understands just enough: groups and sets are passed over, and where something stands that it
/// does not know it finds nothing. INVARIANT: what it finds is true for every match.
///
/// Limit: [#MAX_ALTERNATIVES]; with more nothing is found.
final class RequiredText {
  static final int MAX_ALTERNATIVES = 16;
  // Escapes that stand for one of many characters, or for a place, and take no argument.
  private static final String PLAIN_ESCAPES = "dDwWsSbBAzZhHvVRXGtnrfae";

  private final String expression;
  private final List<String> found = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  RequiredText(String expression) {
    this.expression = expression;
  }

  /// The expression holds something that is not understood here.
  private static final class Unknown extends Exception {
    Unknown() {
      super("not understood", null, false, false);
    }
  }

  /// The texts, or none where nothing is certain.
  List<String> find() {
    try {
      while (at < expression.length()) {
        step(expression.charAt(at++));
      }
      endAlternative();
      return found;
    } catch (Unknown notUnderstood) {
      return List.of();
    }
  }

  private void step(char c) throws Unknown {
    switch (c) {
      case '\\' -> escape();
      case '[' -> {
        endRun();
        skipSet();
      }
      case '(' -> {
        endRun();
        skipGroup();
      }
      case '|' -> endAlternative();
      case '.', '^', '$' -> endRun();
      case '?', '*', '{' -> {
        // What stands before it need not be there.
        run.setLength(Math.max(0, run.length() - 1));
        endRun();
        skipQuantifier(c);
      }
      case '+' -> {
        endRun();
        skipQuantifier(c);
      }
      case ')' -> throw new Unknown();
      default -> literal(c);
    }
  }

  private void literal(char c) throws Unknown {
    if (Character.isSurrogate(c)) {
      throw new Unknown();
    }
    run.append(c);
  }

  private void escape() throws Unknown {
    char c = next();
    if (PLAIN_ESCAPES.indexOf(c) >= 0) {
      endRun();
    } else if (Character.isLetterOrDigit(c)) {
      throw new Unknown();
    } else {
      literal(c);
    }
  }

  private char next() throws Unknown {
    if (at >= expression.length()) {
      throw new Unknown();
    }
    return expression.charAt(at++);
  }

  private void endRun() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  private void endAlternative() throws Unknown {
    endRun();
    if (longest.isEmpty() || found.size() == MAX_ALTERNATIVES) {
      throw new Unknown();
    }
    found.add(longest);
    longest = "";
  }

  private void skipQuantifier(char c) throws Unknown {
    char last = c;
    while (c == '{' && last != '}') {
      last = next();
    }
    // Whether it takes as little or as much as it can makes no difference.
    if (at < expression.length() && "?+".indexOf(expression.charAt(at)) >= 0) {
      at++;
    }
  }

  private void skipSet() throws Unknown {
    if (expression.startsWith("]", at) || expression.startsWith("^]", at)) {
      throw new Unknown();
    }
    int depth = 1;
    while (depth > 0) {
      switch (next()) {
        case '\\' -> skipEscape();
        case '[' -> depth++;
        case ']' -> depth--;
        default -> {}
      }
    }
  }

  private void skipGroup() throws Unknown {
    refuseFlags();
    int depth = 1;
    while (depth > 0) {
      switch (next()) {
        case '\\' -> skipEscape();
        case '[' -> skipSet();
        case '(' -> {
          refuseFlags();
          depth++;
        }
        case ')' -> depth--;
        default -> {}
      }
    }
  }

  private void skipEscape() throws Unknown {
    if (next() == 'Q') {
      throw new Unknown();
    }
  }

  // Flags change what the rest means.
  private void refuseFlags() throws Unknown {
    if (expression.startsWith("?", at)
        && (at + 1 >= expression.length() || ":=!<>".indexOf(expression.charAt(at + 1)) < 0)) {
      throw new Unknown();
    }
  }
}
