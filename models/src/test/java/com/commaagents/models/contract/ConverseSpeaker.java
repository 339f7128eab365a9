package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.wire.AnswerTool;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Bedrock's ConverseStream, in Amazon's binary frames.
///
/// @param enforcesSchema whether an answer by a schema comes as text, not as a tool's arguments
public record ConverseSpeaker(boolean enforcesSchema) implements Speaker {
  @Override
  public String contentType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<byte[]> events = new ArrayList<>();
    events.add(event("messageStart", "{'p':'abc','role':'assistant'}"));
    int index = 0;
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks thought -> thought(thought, index, events);
        case Piece.Says(var texts) -> {
          for (String text : texts) {
            events.add(delta(index, "{'text':" + Speaker.quoted(text) + "}"));
          }
        }
        case Piece.Calls call -> call(call, index, events);
        case Piece.Fits(var json) -> {
          if (enforcesSchema) {
            events.add(delta(index, "{'text':" + Speaker.quoted(json) + "}"));
          } else {
            call(new Piece.Calls("tooluse_9", AnswerTool.NAME, List.of(json)), index, events);
          }
        }
      }
      events.add(event("contentBlockStop", "{'contentBlockIndex':" + index + ",'p':'abcd'}"));
      index++;
    }
    events.add(event("messageStop", "{'p':'ab','stopReason':'" + reason(answer) + "'}"));
    events.add(event("metadata", "{'metrics':{'latencyMs':9},'p':'a'" + usage(answer) + "}"));
    return events;
  }

  @Override
  public int closing() {
    return 2;
  }

  @Override
  public byte[] brokenOff(String message) {
    return frame(
        ":exception-type",
        "exception",
        "internalServerException",
        "{'message':" + Speaker.quoted(message) + "}");
  }

  @Override
  public String refusal(int status, String message) {
    return Speaker.json("{'message':") + Speaker.quoted(message) + "}";
  }

  private String reason(Answer answer) {
    boolean byTool =
        !enforcesSchema && answer.pieces().stream().anyMatch(Piece.Fits.class::isInstance);
    return switch (answer.ending()) {
      case STOP -> byTool ? "tool_use" : "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "content_filtered";
    };
  }

  private static String usage(Answer answer) {
    return answer
        .tokens()
        .map(tokens ->
            ",'usage':{'inputTokens':"
                + (tokens.input() - tokens.cached())
                + ",'outputTokens':"
                + tokens.output()
                + ",'totalTokens':"
                + (tokens.input() + tokens.output())
                + ",'cacheReadInputTokens':"
                + tokens.cached()
                + "}")
        .orElse("");
  }

  private static void thought(Piece.Thinks thought, int index, List<byte[]> events) {
    for (String text : thought.texts()) {
      events.add(delta(index, "{'reasoningContent':{'text':" + Speaker.quoted(text) + "}}"));
    }
    if (!thought.signature().isEmpty()) {
      events.add(delta(index, "{'reasoningContent':{'signature':'" + thought.signature() + "'}}"));
    }
  }

  private static void call(Piece.Calls call, int index, List<byte[]> events) {
    events.add(
        event(
            "contentBlockStart",
            "{'contentBlockIndex':"
                + index
                + ",'p':'a','start':{'toolUse':{'name':'"
                + call.name()
                + "','toolUseId':'"
                + call.id()
                + "'}}}"));
    for (String piece : call.arguments()) {
      events.add(delta(index, "{'toolUse':{'input':" + Speaker.quoted(piece) + "}}"));
    }
  }

  private static byte[] delta(int index, String delta) {
    return event(
        "contentBlockDelta",
        "{'contentBlockIndex':" + index + ",'delta':" + delta + ",'p':'abcdef'}");
  }

  private static byte[] event(String type, String payload) {
    return frame(":event-type", "event", type, payload);
  }

  private static byte[] frame(String typeHeader, String kind, String type, String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Message(
            Map.of(
                ":message-type",
                HeaderValue.fromString(kind),
                typeHeader,
                HeaderValue.fromString(type),
                ":content-type",
                HeaderValue.fromString("application/json")),
            Speaker.bytes(Speaker.json(payload)))
        .encode(out);
    return out.toByteArray();
  }
}
