package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold of a timeline, whatever has been done to the run.
final class Timelines {
  private Timelines() {}

  static void check(RunId run, List<TimelineEvent> timeline, Stream stream, Referee referee) {
    Set<String> queued = new HashSet<>();
    Set<String> said = new HashSet<>();
    Map<String, String> toldTo = new HashMap<>();
    boolean running = false;
    boolean resumed = false;
    for (TimelineEvent event : timeline) {
      referee.count("kept " + event.getClass().getSimpleName());
      referee.require(
          running || event instanceof RunStarted, () -> run + ": outside of a segment: " + event);
      switch (event) {
        case RunStarted started -> {
          running = true;
          resumed |= started.resumes();
        }
        case TimelineEvent.RunCompleted(var end, var _, var _) -> {
          running = false;
          referee.count("kept " + end.error().map(RunError::code).orElse("COMPLETED"));
        }
        case TimelineEvent.Steering(var _, var text) ->
            referee.require(
                queued.add(text) && !said.contains(text), () -> run + ": queued late: " + text);
        case TimelineEvent.UserInput(var _, var text, var _, var _, var _) -> {
          // What an interrupted call had taken is given out again by a resume.
          referee.require(said.add(text) || resumed, () -> run + ": taken twice: " + text);
          referee.require(
              queued.contains(text) || stream.hasAccepted(text),
              () -> run + ": nobody said " + text);
        }
        case TimelineEvent.AgentCall(var record, var _, var _) ->
            steersOnce(record, toldTo, referee);
        case TimelineEvent.SubAgentCall(var _, var _, var record, var _) ->
            steersOnce(record, toldTo, referee);
        default -> {}
      }
    }
  }

  /// A text is told to one call only.
  private static void steersOnce(CallRecord record, Map<String, String> toldTo, Referee referee) {
    String message = record.userMessage().content().text();
    int from = message.indexOf("<user_steering>");
    while (from >= 0) {
      String text = message.substring(from, message.indexOf("</user_steering>", from));
      String before = toldTo.put(text, record.id());
      referee.require(before == null, () -> "told to two calls: " + text);
      referee.count("steering heard");
      from = message.indexOf("<user_steering>", from + 1);
    }
  }
}
