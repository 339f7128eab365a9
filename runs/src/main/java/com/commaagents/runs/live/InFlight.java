package com.commaagents.runs.live;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.runs.timeline.TimelineEvent.OpenToolCall;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the agents have said in calls that have not ended, accumulated from what was streamed.
///
/// Not thread-safe: it belongs to the owner of the run. Its size is that of the answers under way.
final class InFlight {
  private final Map<String, Call> calls = new LinkedHashMap<>();

  /// Takes in what the engine reports.
  void add(EngineEvent event) {
    switch (event) {
      case EngineEvent.Streaming(var speaker, var streamed) -> add(speaker, streamed);
      // From here on the call is part of the conversation.
      case EngineEvent.CallRecorded(var path, var _, var _) -> calls.remove(path);
      case EngineEvent.LaunchedCallRecorded(var _, var path, var _, var _) -> calls.remove(path);
      case EngineEvent.StepStarted _,
          EngineEvent.StepCompleted _,
          EngineEvent.AgentOutput _,
          EngineEvent.ConversationCompacted _,
          EngineEvent.SummaryMade _,
          EngineEvent.ModelTurn _,
          EngineEvent.ToolStarted _,
          EngineEvent.ToolEnded _,
          EngineEvent.ToolMutation _,
          EngineEvent.PolicyUpdated _ -> {}
    }
  }

  private void add(Speaker speaker, StreamEvent event) {
    switch (event) {
      case StreamEvent.StepStart() -> call(speaker);
      case StreamEvent.Text(var text) -> call(speaker).text.append(text);
      case StreamEvent.Thinking(var _, var text) -> call(speaker).thinking.append(text);
      case StreamEvent.ToolCall(var id, var name, var arguments, var _) ->
          call(speaker).toolCalls.put(id, new OpenToolCall(id, name, arguments));
      case StreamEvent.ToolResult(var id, var _, var _, var _) ->
          call(speaker).toolCalls.remove(id);
      case StreamEvent.Done _ -> calls.remove(speaker.path());
      case StreamEvent.ThinkingStart _, StreamEvent.ThinkingEnd _, StreamEvent.Retention _ -> {}
    }
  }

  /// What there is, in the order in which the calls began; calls that have said nothing are left
  /// out.
  List<Partial> partials() {
    return calls.values().stream().map(Call::partial).filter(call -> !call.isEmpty()).toList();
  }

  private Call call(Speaker speaker) {
    return calls.computeIfAbsent(speaker.path(), path -> new Call(speaker.agentName(), path));
  }

  private static final class Call {
    private final String agentName;
    private final String path;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final Map<String, OpenToolCall> toolCalls = new LinkedHashMap<>();

    Call(String agentName, String path) {
      this.agentName = agentName;
      this.path = path;
    }

    Partial partial() {
      return new Partial(
          agentName, path, text.toString(), thinking.toString(), List.copyOf(toolCalls.values()));
    }
  }
}
