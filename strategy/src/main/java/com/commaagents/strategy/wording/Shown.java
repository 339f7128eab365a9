package com.commaagents.strategy.wording;

import java.nio.file.Path;

/// Names from outside as messages show them: of bounded length, on one line, and with nothing that
/// a terminal would obey.
public final class Shown {
  private static final int MAX_NAME = 60;
  private static final int MAX_PATH = 1_000;

  private Shown() {}

  /// In double quotes.
  public static String quoted(String name) {
    return '"' + clean(name, MAX_NAME) + '"';
  }

  public static String bare(String name) {
    return clean(name, MAX_NAME);
  }

  public static String path(Path path) {
    return clean(path.toString(), MAX_PATH);
  }

  private static String clean(String text, int limit) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .map(character -> isHarmless(character) ? character : '\uFFFD')
        .forEach(result::appendCodePoint);
    boolean cut = text.codePointCount(0, text.length()) > limit;
    return cut ? result.append('…').toString() : result.toString();
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
