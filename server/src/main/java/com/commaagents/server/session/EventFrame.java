package com.commaagents.server.session;

import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.DaemonMessage.RunEvent;
import com.commaagents.protocol.message.StreamEvent;
import com.commaagents.server.http.Outgoing;
import java.util.List;

/// A run event on its way to all its subscribers: encoded once. Adjacent deltas of one text merge
/// for a connection that is behind.
final class EventFrame implements Outgoing {
  private final RunEvent event;
  private final byte[] utf8;

  EventFrame(RunEvent event) {
    this.event = event;
    this.utf8 = DaemonMessageEncoder.encode(event);
  }

  @Override
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean isDispensable() {
    return false;
  }

  @Override
  public boolean mergesWith(Outgoing next) {
    return next instanceof EventFrame frame
        && event instanceof AgentStreaming mine
        && frame.event instanceof AgentStreaming other
        && continuesText(mine.event(), other.event())
        && mine.agentName().equals(other.agentName())
        && mine.header().runId().equals(other.header().runId())
        && mine.header().path().equals(other.header().path());
  }

  @Override
  public Outgoing mergedWith(List<Outgoing> following) {
    AgentStreaming first = (AgentStreaming) event;
    AgentStreaming last = first;
    StringBuilder text = new StringBuilder(textOf(first));
    for (Outgoing outgoing : following) {
      last = (AgentStreaming) ((EventFrame) outgoing).event;
      text.append(textOf(last));
    }
    return new EventFrame(
        new AgentStreaming(
            last.header(),
            last.agentName(),
            last.model(),
            last.contextWindow(),
            withText(first.event(), text.toString()),
            first.fromSeq().isPresent() ? first.fromSeq() : first.header().seq()));
  }

  private static boolean continuesText(StreamEvent mine, StreamEvent next) {
    return switch (mine) {
      case StreamEvent.Text _ -> next instanceof StreamEvent.Text;
      case StreamEvent.Thinking(var id, var _) ->
          next instanceof StreamEvent.Thinking(var nextId, var _) && id.equals(nextId);
      case StreamEvent.ThinkingStart _,
          StreamEvent.ThinkingEnd _,
          StreamEvent.ToolCall _,
          StreamEvent.ToolResult _,
          StreamEvent.StepStart _,
          StreamEvent.Retention _,
          StreamEvent.Done _ ->
          false;
    };
  }

  private static String textOf(AgentStreaming streaming) {
    return switch (streaming.event()) {
      case StreamEvent.Text(var text) -> text;
      case StreamEvent.Thinking(var _, var text) -> text;
      case StreamEvent.ThinkingStart _,
          StreamEvent.ThinkingEnd _,
          StreamEvent.ToolCall _,
          StreamEvent.ToolResult _,
          StreamEvent.StepStart _,
          StreamEvent.Retention _,
          StreamEvent.Done _ ->
          throw new IllegalStateException("no delta: " + streaming);
    };
  }

  private static StreamEvent withText(StreamEvent event, String text) {
    return event instanceof StreamEvent.Thinking(var id, var _)
        ? new StreamEvent.Thinking(id, text)
        : new StreamEvent.Text(text);
  }
}
