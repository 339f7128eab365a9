package com.commaagents.runs.resume;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a timeline says was done.
final class Done {
  /// Agents whose records end with a text that no model said.
  private static final Set<String> WITHOUT_MODEL = Set.of("person", "odd", "even");

  private final Set<String> answers = new HashSet<>();
  private final Map<String, String> tools = new HashMap<>();
  private final Set<String> started = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private int summaries;
  private Spent wasted = Spent.NOTHING;
  private Spent unused = Spent.NOTHING;

  static Done of(List<TimelineEntry> past) {
    Done done = new Done();
    past.forEach(entry -> done.add(entry.event()));
    return done;
  }

  private void add(TimelineEvent event) {
    switch (event) {
      case TimelineEvent.ModelTurn(var turn) when !isOwn(turn.message(), turn.callId()) ->
          answers.add(turn.callId() + " " + turn.index());
      case TimelineEvent.AgentCall(var record, var _, var _) -> add(record);
      case TimelineEvent.SubAgentCall(var _, var _, var record, var _) -> add(record);
      case TimelineEvent.ToolCalled(var call) -> {
        String id = call.path() + " " + call.toolCallId();
        tools.put(id, call.toolName());
        started.add(call.toolName() + " " + id);
      }
      case TimelineEvent.ToolResult(var result) -> {
        String id = result.path() + " " + result.toolCallId();
        ended.add(tools.get(id) + " " + id);
      }
      case TimelineEvent.SummaryMade(var _, var _, var spent) -> {
        wasted = wasted.plus(unused);
        unused = spent;
      }
      case TimelineEvent.ConversationRetention _ -> {
        summaries++;
        unused = Spent.NOTHING;
      }
      default -> {}
    }
  }

  private void add(CallRecord record) {
    if (WITHOUT_MODEL.contains(record.agentName())) {
      return;
    }
    int index = 0;
    for (Message message : record.responseMessages()) {
      if (message instanceof Message.Assistant) {
        answers.add(record.id() + " " + index++);
      }
    }
  }

  private static boolean isOwn(Message message, String callId) {
    return message.content().asParts().stream()
        .anyMatch(
            part -> part instanceof Part.ToolCall call && call.toolCallId().startsWith(callId));
  }

  /// The round-trips with models whose answers are recorded.
  int roundTrips() {
    return answers.size() + summaries;
  }

  /// What was spent on summaries that are not there, and are asked for again.
  Spent wasted() {
    return wasted.plus(unused);
  }

  int started(String tool) {
    return count(started, tool);
  }

  int ended(String tool) {
    return count(ended, tool);
  }

  private static int count(Set<String> calls, String tool) {
    return (int) calls.stream().filter(call -> call.startsWith(tool + " ")).count();
  }
}
