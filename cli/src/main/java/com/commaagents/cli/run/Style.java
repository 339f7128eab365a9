package com.commaagents.cli.run;

import java.util.List;
import java.util.regex.Pattern;

/// How text looks: escape codes of the terminal, or none where the output shows no colours.
///
/// Text from models and tools is stripped of control characters first, so that it cannot move the
/// cursor, change the title or hide what a tool does.
public record Style(boolean colours) {
  public enum Tone {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("31"),
    ASKING("1;33");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  private static final List<String> AGENT_CODES = List.of("36", "35", "34", "32", "33", "95");

  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

  public String paint(Tone tone, String text) {
    return code(tone.code, text);
  }

  /// The colour of the agent at this place of the strategy's list; they repeat.
  public String agent(int index, String text) {
    return code("1;" + AGENT_CODES.get(Math.floorMod(index, AGENT_CODES.size())), text);
  }

  private String code(String code, String text) {
    return colours && !code.isEmpty() && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }

  /// How many columns a painted text takes.
  static int width(String painted) {
    return ESCAPE.matcher(painted).replaceAll("").length();
  }

  /// The text without control characters but line ends; a tab becomes two spaces.
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\t') {
        clean.append("  ");
      } else if (character == '\n' || !Character.isISOControl(character)) {
        clean.append(character);
      }
    }
    return clean.toString();
  }

  /// The text on one line of at most `most` characters.
  public static String brief(String text, int most) {
    String line = clean(text).replaceAll("\\s+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }
}
