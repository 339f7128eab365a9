package com.commaagents.tools.failure;

/// Names from outside made safe to stand in a line of output.
public final class Printable {
  private static final int MAX_LENGTH = 4096;

  private Printable() {}

  /// The name itself, or in quotes with escapes where it holds control characters, those that turn
  /// the direction of writing: a file name must not be able to forge a line of a listing, or look
  /// like another. Cut at 4,096 characters.
  public static String name(String name) {
    String bounded = name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH) + "…";
    return bounded.chars().anyMatch(Printable::isControl) ? quoted(bounded) : bounded;
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || isDirection(c)
        || c == '\uFEFF';
  }

  private static boolean isDirection(int c) {
    return c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static String quoted(String name) {
    StringBuilder out = new StringBuilder("\"");
    name.chars()
        .forEach(c -> {
          if (c == '\n') {
            out.append("\\n");
          } else if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
          } else if (isControl(c)) {
            out.append(String.format("\\u%04x", c));
          } else {
            out.append((char) c);
          }
        });
    return out.append('"').toString();
  }
}
