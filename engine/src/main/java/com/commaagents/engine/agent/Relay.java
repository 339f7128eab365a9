package com.commaagents.engine.agent;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelPart;
import java.util.Optional;
import java.util.function.Function;

/// Passes on what a model streams in one round-trip, as it comes.
final class Relay implements Model.PartListener {
  private final Journal journal;
  private final Speaker speaker;
  private final Function<String, Optional<McpOrigin>> origin;
  private boolean started;

  /// @param origin the MCP server of a tool, by its name
  Relay(Journal journal, Speaker speaker, Function<String, Optional<McpOrigin>> origin) {
    this.journal = journal;
    this.speaker = speaker;
    this.origin = origin;
  }

  @Override
  public void part(ModelPart part) throws InterruptedException {
    if (!started) {
      started = true;
      stream(new StreamEvent.StepStart());
    }
    stream(
        switch (part) {
          case ModelPart.Text(var text) -> new StreamEvent.Text(text);
          case ModelPart.ThinkingStart(var id) -> new StreamEvent.ThinkingStart(id);
          case ModelPart.Thinking(var id, var text) -> new StreamEvent.Thinking(id, text);
          case ModelPart.ThinkingEnd(var id, _) -> new StreamEvent.ThinkingEnd(id);
          case ModelPart.ToolCall(var id, var name, var arguments, _) ->
              new StreamEvent.ToolCall(id, name, arguments, origin.apply(name));
        });
  }

  private void stream(StreamEvent event) throws InterruptedException {
    journal.add(new EngineEvent.Streaming(speaker, event));
  }
}
