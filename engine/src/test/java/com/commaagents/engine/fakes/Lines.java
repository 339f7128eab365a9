package com.commaagents.engine.fakes;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import java.util.List;
import java.util.stream.Collectors;

/// Events as short lines, so that a test can compare whole lists of them.
final class Lines {
  private Lines() {}

  static String of(EngineEvent event) {
    return switch (event) {
      case EngineEvent.StepStarted(var step, var message) ->
          "started " + step.path() + " " + step.name() + " <" + message + ">";
      case EngineEvent.StepCompleted(var step, var result) ->
          "completed %s %s <%s> %s"
              .formatted(step.path(), step.name(), result.text(), of(result.usage()));
      case EngineEvent.Streaming(var speaker, var told) ->
          "stream " + speaker.path() + " " + speaker.agentName() + " " + of(told);
      case EngineEvent.AgentOutput(var speaker, var text, var usage, _) ->
          "output %s %s <%s> %s".formatted(speaker.path(), speaker.agentName(), text, of(usage));
      case EngineEvent.CallRecorded(var path, var record, _) ->
          "record %s %s %s %s -> %s"
              .formatted(
                  path,
                  record.id(),
                  record.agentName(),
                  of(record.userMessage()),
                  record.responseMessages().stream()
                      .map(Lines::of)
                      .collect(Collectors.joining(" ")));
      case EngineEvent.LaunchedCallRecorded(var launchId, var path, var record, _) ->
          "launched " + launchId + " " + path + " " + record.text();
      case EngineEvent.ConversationCompacted(var path, var compacted) ->
          "compacted %s %s of %d, kept %d"
              .formatted(
                  path,
                  compacted.agentName(),
                  compacted.recordsCompacted(),
                  compacted.recordsRetained());
      case EngineEvent.SummaryMade(var agentName, var path, var spent) ->
          "summary %s %s %s".formatted(path, agentName, of(spent.usage()));
      case EngineEvent.ModelTurn turn ->
          "turn %s %s %d %s%s %s"
              .formatted(
                  turn.path(),
                  turn.callId(),
                  turn.index(),
                  turn.userMessage().map(message -> of(message) + " -> ").orElse(""),
                  of(turn.message()),
                  turn.finishReason().label());
      case EngineEvent.ToolStarted tool ->
          "tool-started %s %s %s %s"
              .formatted(tool.path(), tool.toolCallId(), tool.toolName(), tool.arguments());
      case EngineEvent.ToolEnded(var path, var id, var outcome, _) ->
          "tool-ended " + path + " " + id + " " + of(outcome);
      case EngineEvent.ToolMutation mutation -> "mutation " + mutation.file();
      case EngineEvent.PolicyUpdated policy -> "policy " + policy.toolName();
    };
  }

  private static String of(StreamEvent event) {
    return switch (event) {
      case StreamEvent.StepStart() -> "step-start";
      case StreamEvent.Text(var text) -> "text <" + text + ">";
      case StreamEvent.ThinkingStart(var id) -> "thinking-start " + id;
      case StreamEvent.Thinking(var id, var text) -> "thinking " + id + " <" + text + ">";
      case StreamEvent.ThinkingEnd(var id) -> "thinking-end " + id;
      case StreamEvent.ToolCall(var id, var name, var arguments, _) ->
          "tool-call " + id + " " + name + " " + arguments;
      case StreamEvent.ToolResult(var id, _, var outcome, _) ->
          "tool-result " + id + " " + of(outcome);
      case StreamEvent.Retention(var json) -> "retention " + json.path("reason").stringValue();
      case StreamEvent.Done(var result) ->
          "done <"
              + result.text()
              + "> "
              + of(result.usage())
              + " "
              + result.finishReason().label();
    };
  }

  private static String of(ToolOutcome outcome) {
    return switch (outcome) {
      case ToolOutcome.Completed(var output) -> "completed <" + output + ">";
      case ToolOutcome.Failed(var error) -> "failed <" + error + ">";
    };
  }

  private static String of(Usage usage) {
    return usage.promptTokens() + "/" + usage.completionTokens();
  }

  private static String of(Message message) {
    String role =
        switch (message) {
          case Message.User _ -> "u";
          case Message.Assistant _ -> "a";
          case Message.Tool _ -> "t";
        };
    return role + of(message.content().asParts());
  }

  private static String of(List<Part> parts) {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Text(var text, _) -> "<" + text + ">";
              case Part.Reasoning(var text, _, _) -> "~" + text + "~";
              case Part.ToolCall(var id, _, var input, _) -> id + input;
              case Part.ToolResult(var id, _, var kind, var output, _) ->
                  id + "=" + kind.label() + ":" + output.stringValue();
              case Part.Other(var raw) -> raw.toString();
            })
        .collect(Collectors.joining(",", "[", "]"));
  }
}
