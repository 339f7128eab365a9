package com.commaagents.runs.hub;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The newest part of a run's stream, held for clients that come back.
///
/// Limits: [#MAX_BYTES] a run and [#MAX_BYTES_IN_ALL] for all runs of a hub; beyond either the
/// oldest messages go first. Sizes are estimates of what is held in memory.
///
/// Not thread-safe: it belongs to its channel.
final class ReplayWindow {
  static final long MAX_BYTES = 8L << 20;
  static final long MAX_BYTES_IN_ALL = 256L << 20;

  // What a message takes beside its texts: objects, times, references.
  private static final int OVERHEAD_BYTES = 200;

  private final AtomicLong heldInAll;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private long bytes;

  /// @param heldInAll shared by all windows of a hub
  ReplayWindow(AtomicLong heldInAll) {
    this.heldInAll = heldInAll;
  }

  /// A message, or a notice that followed the message numbered `seq`.
  sealed interface Held {
    long seq();

    long bytes();
  }

  record Message(PublishedMessage message, long bytes) implements Held {
    @Override
    public long seq() {
      return message.seq();
    }
  }

  record Notice(RunNotice notice, long seq) implements Held {
    @Override
    public long bytes() {
      return OVERHEAD_BYTES;
    }
  }

  void add(PublishedMessage message) {
    add(new Message(message, sizeOf(message.message())));
  }

  void add(RunNotice notice, long seq) {
    add(new Notice(notice, seq));
  }

  /// Everything that came after a number, oldest first.
  List<Held> after(long seq) {
    List<Held> later = new ArrayList<>();
    for (var newest = held.descendingIterator(); newest.hasNext(); ) {
      Held entry = newest.next();
      if (entry.seq() <= seq && entry instanceof Message) {
        break;
      }
      if (entry.seq() >= seq) {
        later.add(entry);
      }
    }
    return later.reversed();
  }

  /// The number of the oldest message that is held; `otherwise` when none is.
  long oldest(long otherwise) {
    for (Held entry : held) {
      if (entry instanceof Message message) {
        return message.seq();
      }
    }
    return otherwise;
  }

  /// Gives everything up.
  void clear() {
    while (!held.isEmpty()) {
      dropOldest();
    }
  }

  private void add(Held entry) {
    held.add(entry);
    bytes += entry.bytes();
    long all = heldInAll.addAndGet(entry.bytes());
    while (!held.isEmpty() && (bytes > MAX_BYTES || all > MAX_BYTES_IN_ALL)) {
      all = dropOldest();
    }
  }

  private long dropOldest() {
    long freed = held.remove().bytes();
    bytes -= freed;
    return heldInAll.addAndGet(-freed);
  }

  private static long sizeOf(RunMessage message) {
    return OVERHEAD_BYTES
        + switch (message) {
          case RunMessage.AgentStreaming(var _, var event) -> sizeOf(event);
          case RunMessage.AgentOutput output -> 2L * output.text().length();
          case RunMessage.StepStarted(var _, var text) -> 2L * text.length();
          case RunMessage.StepCompleted(var _, var result) -> 2L * result.text().length();
          case RunMessage.StrategyCompleted completed -> 2L * completed.result().length();
          case RunMessage.StrategyFailed(var error, var _) -> 2L * error.message().length();
          case RunMessage.SteerQueued(var text) -> 2L * text.length();
          case RunMessage.InputRequested asked -> 2L * asked.prompt().length();
          case RunMessage.QuestionRequested asked -> 2L * asked.question().length();
          case RunMessage.PermissionRequested(var _, var request) ->
              2L * request.resource().length();
          case RunMessage.StrategyStarted _, RunMessage.PolicyUpdated _ -> 2L * OVERHEAD_BYTES;
        };
  }

  private static long sizeOf(EngineEvent.StreamEvent event) {
    return switch (event) {
      case EngineEvent.StreamEvent.Text(var text) -> 2L * text.length();
      case EngineEvent.StreamEvent.Thinking(var _, var text) -> 2L * text.length();
      case EngineEvent.StreamEvent.ToolCall call -> 2L * call.arguments().length();
      case EngineEvent.StreamEvent.ToolResult result ->
          switch (result.outcome()) {
            case EngineEvent.ToolOutcome.Completed(var output) -> 2L * output.length();
            case EngineEvent.ToolOutcome.Failed(var error) -> 2L * error.length();
          };
      case EngineEvent.StreamEvent.Done(var result) -> 2L * result.text().length();
      case EngineEvent.StreamEvent.Retention _ -> 10L * OVERHEAD_BYTES;
      case EngineEvent.StreamEvent.StepStart _,
          EngineEvent.StreamEvent.ThinkingStart _,
          EngineEvent.StreamEvent.ThinkingEnd _ ->
          0L;
    };
  }
}
