package com.commaagents.server.mapping;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.protocol.message.StreamEvent;
import java.util.Optional;

/// What an agent streams, as it stands inside a wire event.
final class StreamEvents {
  private StreamEvents() {}

  static StreamEvent of(EngineEvent.StreamEvent event) {
    return switch (event) {
      case EngineEvent.StreamEvent.Text(var text) -> new StreamEvent.Text(text);
      case EngineEvent.StreamEvent.StepStart() -> new StreamEvent.StepStart();
      case EngineEvent.StreamEvent.ThinkingStart(var id) -> new StreamEvent.ThinkingStart(id);
      case EngineEvent.StreamEvent.Thinking(var id, var text) -> new StreamEvent.Thinking(id, text);
      case EngineEvent.StreamEvent.ThinkingEnd(var id) -> new StreamEvent.ThinkingEnd(id);
      case EngineEvent.StreamEvent.ToolCall(var id, var name, var arguments, var origin) ->
          new StreamEvent.ToolCall(id, name, arguments, origin.map(StreamEvents::origin));
      case EngineEvent.StreamEvent.ToolResult result -> toolResult(result);
      case EngineEvent.StreamEvent.Retention(var retention) -> new StreamEvent.Retention(retention);
      case EngineEvent.StreamEvent.Done(var result) -> new StreamEvent.Done(Results.of(result));
    };
  }

  private static StreamEvent toolResult(EngineEvent.StreamEvent.ToolResult result) {
    Optional<StreamEvent.McpOrigin> origin = result.origin().map(StreamEvents::origin);
    return switch (result.outcome()) {
      case ToolOutcome.Completed(var output) ->
          new StreamEvent.ToolResult(
              result.toolCallId(),
              result.toolName(),
              output,
              StreamEvent.ToolStatus.COMPLETED,
              Optional.empty(),
              origin);
      case ToolOutcome.Failed(var error) ->
          new StreamEvent.ToolResult(
              result.toolCallId(),
              result.toolName(),
              "",
              StreamEvent.ToolStatus.ERROR,
              Optional.of(error),
              origin);
    };
  }

  private static StreamEvent.McpOrigin origin(EngineEvent.McpOrigin origin) {
    return new StreamEvent.McpOrigin(origin.serverId(), origin.toolName());
  }
}
