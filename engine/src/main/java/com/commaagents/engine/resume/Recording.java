package com.commaagents.engine.resume;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Spent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What an interrupted segment has done, by the path in the flow tree.
///
/// @param steps the results of the steps that were completed and told
/// @param calls the agent calls that were begun or completed
/// @param spent by all of it
/// @param agentCalls how many agent calls were completed
/// @param toolCalls how many tool calls those made
public record Recording(
    Map<String, CallResult> steps,
    Map<String, RecordedCall> calls,
    Spent spent,
    long agentCalls,
    long toolCalls) {
  /// Nothing has been done yet.
  public static final Recording NONE = new Recording(Map.of(), Map.of(), Spent.NOTHING, 0, 0);

  public Recording {
    steps = Map.copyOf(steps);
    calls = Map.copyOf(calls);
  }

  /// The result of a step; empty when it was not completed.
  public Optional<CallResult> step(String path) {
    return Optional.ofNullable(steps.get(path));
  }

  /// What is known of the agent call at a path.
  public RecordedCall call(String path) {
    return calls.getOrDefault(path, RecordedCall.NONE);
  }

  /// What was done below a path, as seen from there. What it cost stays with the whole.
  public Recording under(String prefix) {
    return new Recording(below(steps, prefix), below(calls, prefix), Spent.NOTHING, 0, 0);
  }

  private static <V> Map<String, V> below(Map<String, V> all, String prefix) {
    Map<String, V> inside = new HashMap<>();
    all.forEach((path, value) -> {
      if (path.startsWith(prefix)) {
        inside.put(path.substring(prefix.length()), value);
      }
    });
    return inside;
  }
}
