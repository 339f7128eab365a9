package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What tools say while they run, fit for a screen on which other things are to be seen as well.
///
/// Limits: [#MOST_LINES] and [#MOST_CHARACTERS] of a call, then a line that says so. Its size is
/// that of the calls under way.
final class ToolLines {
  static final int MOST_LINES = 200;
  static final int MOST_CHARACTERS = 20_000;
  static final String HOLE = "[… output left out]";
  static final String ENOUGH = "[… more output is not shown while it runs]";

  private record Shown(long next, int lines, int characters, boolean atLineStart, boolean full) {
    static final Shown NOTHING = new Shown(0, 0, 0, true, false);
  }

  private final Map<String, Shown> calls = new HashMap<>();

  /// What is to be shown of a piece; empty: nothing.
  String take(String agent, JsonNode message) {
    String call = call(agent, message);
    Shown before = calls.getOrDefault(call, Shown.NOTHING);
    long index = message.path("index").asLong(0);
    // It comes again after a connection that was lost.
    if (before.full() || index < before.next()) {
      return "";
    }
    String text = Json.text(message, "text").orElse("");
    int end = room(text, MOST_LINES - before.lines(), MOST_CHARACTERS - before.characters());
    boolean full = end < text.length();
    int lines = (int) text.chars().filter(character -> character == '\n').count();
    calls.put(
        call,
        new Shown(
            index + 1,
            before.lines() + lines,
            before.characters() + text.length(),
            text.endsWith("\n"),
            full));
    String shown = full ? brokenOff(text.substring(0, end), before.atLineStart()) : text;
    String missing = (before.atLineStart() ? "" : "\n") + HOLE + "\n";
    return index > before.next() ? missing + shown : shown;
  }

  private static String brokenOff(String text, boolean atLineStart) {
    boolean whole = text.isEmpty() ? atLineStart : text.endsWith("\n");
    return text + (whole ? "" : "\n") + ENOUGH + "\n";
  }

  /// The call has ended.
  void forget(String agent, JsonNode event) {
    calls.remove(call(agent, event));
  }

  private static String call(String agent, JsonNode message) {
    return agent + "\n" + Json.text(message, "toolCallId").orElse("");
  }

  /// How much of a text there is room for.
  private static int room(String text, int lines, int characters) {
    int end = 0;
    for (int line = 0; line < lines; line++) {
      int newline = text.indexOf('\n', end);
      if (newline < 0) {
        return Math.min(text.length(), characters);
      }
      end = newline + 1;
    }
    return Math.min(end, characters);
  }
}
