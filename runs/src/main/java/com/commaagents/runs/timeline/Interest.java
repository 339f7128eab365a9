package com.commaagents.runs.timeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What somebody reads a timeline for. Lines that do not matter to them are passed over unread,
/// which is most of a long timeline.
public enum Interest {
  EVERYTHING(List.of()),

  /// What a [HistoryBuilder] reads: segments, the conversation, message numbers.
  HISTORY(
      List.of(
          "step_started",
          "step_completed",
          "sub_agent_call",
          "summary_made",
          "user_input",
          "permission_decision",
          "tool_mutation",
          "tool_call",
          "tool_result",
          "model_turn",
          "steering"));

  private static final byte[] TYPE_FIRST = "{\"type\":\"".getBytes(StandardCharsets.UTF_8);

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes into it
  private final byte[][] passedOver;

  Interest(List<String> passedOver) {
    this.passedOver =
        passedOver.stream()
            .map(type -> (type + '"').getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /// False only for a line that begins with a type that does not matter. One that has its type
  /// elsewhere, or is damaged, may matter.
  public boolean mayMatter(byte[] line) {
    if (passedOver.length == 0 || !startsWith(line, 0, TYPE_FIRST)) {
      return true;
    }
    for (byte[] type : passedOver) {
      if (startsWith(line, TYPE_FIRST.length, type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] line, int from, byte[] what) {
    return from + what.length <= line.length
        && Arrays.equals(line, from, from + what.length, what, 0, what.length);
  }
}
