package com.commaagents.protocol.codec;

import com.commaagents.base.time.Timestamps;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.EventHeader;
import java.nio.charset.StandardCharsets;

/// The frames that dominate what is sent, written without the table.
///
/// INVARIANT: the bytes are those that the table gives.
final class DeltaFrame {
  /// All that is not text of the caller's, and the room that writing a string asks for.
  private static final int FRAME_BYTES = 640;

  private static final byte[] HEAD = ascii("{\"type\":\"agent_streaming\",\"runId\":");
  private static final byte[] AGENT_NAME = ascii(",\"agentName\":");
  private static final byte[] MODEL = ascii(",\"model\":");
  private static final byte[] CONTEXT_WINDOW = ascii(",\"contextWindow\":");
  private static final byte[] EVENT_TEXT = ascii(",\"event\":{\"type\":\"text\",\"text\":");
  private static final byte[] EVENT_THINKING = ascii(",\"event\":{\"type\":\"thinking\",\"id\":");
  private static final byte[] THINKING_TEXT = ascii(",\"text\":");
  private static final byte[] EVENT_END = ascii("}");
  private static final byte[] FROM_SEQ = ascii(",\"fromSeq\":");
  private static final byte[] PATH = ascii(",\"path\":");
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final byte[] TS = ascii(",\"ts\":");
  private static final byte[] REQUEST_ID = ascii(",\"requestId\":");
  private static final byte[] END = ascii("}");

  private DeltaFrame() {}

  static byte[] text(AgentStreaming message, String text) {
    JsonWriter out = start(message, text.length());
    out.raw(EVENT_TEXT);
    out.string(text);
    return finish(message, out);
  }

  static byte[] thinking(AgentStreaming message, String id, String text) {
    JsonWriter out = start(message, (long) id.length() + text.length());
    out.raw(EVENT_THINKING);
    out.string(id);
    out.raw(THINKING_TEXT);
    out.string(text);
    return finish(message, out);
  }

  private static JsonWriter start(AgentStreaming message, long eventLength) {
    EventHeader header = message.header();
    String runId = header.runId();
    String agentName = message.agentName();
    String model = message.model().orElse("");
    JsonWriter out =
        new JsonWriter(
            (long) FRAME_BYTES
                + runId.length()
                + agentName.length()
                + model.length()
                + eventLength);
    out.raw(HEAD);
    out.string(runId);
    out.raw(AGENT_NAME);
    out.string(agentName);
    if (message.model().isPresent()) {
      out.raw(MODEL);
      out.string(model);
    }
    if (message.contextWindow().isPresent()) {
      out.raw(CONTEXT_WINDOW);
      out.number(message.contextWindow().getAsLong());
    }
    return out;
  }

  private static byte[] finish(AgentStreaming message, JsonWriter out) {
    EventHeader header = message.header();
    out.raw(EVENT_END);
    if (message.fromSeq().isPresent()) {
      out.raw(FROM_SEQ);
      out.number(message.fromSeq().getAsLong());
    }
    if (header.path().isPresent()) {
      out.raw(PATH);
      out.string(header.path().get());
    }
    if (header.seq().isPresent()) {
      out.raw(SEQ);
      out.number(header.seq().getAsLong());
    }
    out.raw(TS);
    out.string(Timestamps.format(header.ts()));
    if (header.requestId().isPresent()) {
      out.raw(REQUEST_ID);
      out.string(header.requestId().get());
    }
    out.raw(END);
    return out.toByteArray();
  }

  private static byte[] ascii(String json) {
    return json.getBytes(StandardCharsets.US_ASCII);
  }
}
