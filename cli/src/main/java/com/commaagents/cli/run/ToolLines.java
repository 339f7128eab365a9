package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What tools say while they run, fit for a screen on which other things are to be seen as well.
///
/// Limit: [#MOST_LINES] of a call, then a line that says so. Its size is that of the calls under
/// way.
final class ToolLines {
  static final int MOST_LINES = 200;
  static final String HOLE = "[… output left out]";
  static final String ENOUGH = "[… more output is not shown while it runs]";

  private record Shown(long next, int lines, boolean atLineStart) {}

  private final Map<String, Shown> calls = new HashMap<>();

  /// What is to be shown of a piece; empty: nothing.
  String take(String agent, JsonNode message) {
    String call = call(agent, message);
    Shown before = calls.getOrDefault(call, new Shown(0, 0, true));
    long index = message.path("index").asLong(0);
    String text = Json.text(message, "text").orElse("");
    int room = MOST_LINES - before.lines();
    int lines = (int) text.chars().filter(character -> character == '\n').count();
    calls.put(call, new Shown(index + 1, before.lines() + lines, text.endsWith("\n")));
    if (room <= 0) {
      return "";
    }
    String missing = (before.atLineStart() ? "" : "\n") + HOLE + "\n";
    return (index > before.next() ? missing : "")
        + (lines < room ? text : text.substring(0, endOfLine(text, room)) + ENOUGH + "\n");
  }

  /// The call has ended.
  void forget(String agent, JsonNode event) {
    calls.remove(call(agent, event));
  }

  private static String call(String agent, JsonNode message) {
    return agent + "\n" + Json.text(message, "toolCallId").orElse("");
  }

  private static int endOfLine(String text, int lines) {
    int end = 0;
    for (int line = 0; line < lines; line++) {
      end = text.indexOf('\n', end) + 1;
    }
    return end;
  }
}
