package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.StreamEvent;

/// Writes the daemon's messages.
public final class DaemonMessageEncoder {
  private static final int TYPICAL_BYTES = 512;

  private DaemonMessageEncoder() {}

  /// The message as UTF-8 JSON, to be shared by all who receive it.
  ///
  /// @throws IllegalStateException if it takes more than a gibibyte
  /// @throws IllegalArgumentException if a tree in it is deeper than 1,000 or holds what is not
  ///   JSON
  public static byte[] encode(DaemonMessage message) {
    if (message instanceof AgentStreaming streaming) {
      if (streaming.event() instanceof StreamEvent.Text(String text)) {
        return DeltaFrame.text(streaming, text);
      }
      if (streaming.event() instanceof StreamEvent.Thinking(String id, String text)) {
        return DeltaFrame.thinking(streaming, id, text);
      }
    }
    return encodeByTable(message);
  }

  /// Any message, the slower way that all but deltas go.
  static byte[] encodeByTable(DaemonMessage message) {
    JsonWriter out = new JsonWriter(TYPICAL_BYTES);
    DaemonMessages.ALL.write(message, out);
    return out.toByteArray();
  }
}
