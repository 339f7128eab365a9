package com.commaagents.engine.agent;

import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.event.ToolOutput.Stream;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.tool.LiveOutput;
import java.util.EnumMap;
import java.util.Map;

/// What one tool call tells while it runs, on its way to the journal.
///
/// Limits: [#MAX_CHARACTERS] of each stream, the rest is only in the result; pieces of
/// [#MAX_PIECE].
final class CallOutput implements LiveOutput, AutoCloseable {
  static final int MAX_CHARACTERS = 1 << 20;
  static final int MAX_PIECE = 8 << 10;

  private final Journal journal;
  private final ModelPart.ToolCall call;
  private final Speaker speaker;
  private final Map<Stream, Integer> told = new EnumMap<>(Stream.class);
  private long index;
  // The tool may have handed this on to a thread that goes on after the call.
  private volatile boolean closed;

  CallOutput(Journal journal, ModelPart.ToolCall call, Speaker speaker) {
    this.journal = journal;
    this.call = call;
    this.speaker = speaker;
  }

  @Override
  public void tell(Stream stream, String text) {
    int before = told.getOrDefault(stream, 0);
    int most = cut(text, 0, MAX_CHARACTERS - before);
    int from = 0;
    while (from < most && !closed) {
      int to = cut(text, from, Math.min(MAX_PIECE, most - from));
      journal.show(
          new ToolOutput(
              speaker.agentName(),
              speaker.path(),
              call.toolCallId(),
              call.toolName(),
              stream,
              index++,
              text.substring(from, to)));
      from = to;
    }
    // A pair that does not fit fills it all the same.
    told.put(stream, most < text.length() ? MAX_CHARACTERS : before + most);
  }

  /// Where at most so many characters end, without parting a pair of surrogates.
  private static int cut(String text, int from, int most) {
    int to = Math.min(text.length(), from + most);
    boolean parts =
        to > from && to < text.length() && Character.isHighSurrogate(text.charAt(to - 1));
    return parts && Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
  }

  @Override
  public void close() {
    closed = true;
  }
}
