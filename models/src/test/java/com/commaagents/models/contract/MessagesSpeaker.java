package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Answer.Tokens;
import com.commaagents.models.wire.AnswerTool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Anthropic's messages.
///
/// @param enforcesSchema whether an answer by a schema comes as text, not as a tool's arguments
public record MessagesSpeaker(boolean enforcesSchema) implements Speaker {
  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> events = new ArrayList<>();
    events.add(
        "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant',"
            + "'model':'claude-x','content':[],'stop_reason':null,'usage':"
            + answer.tokens().map(MessagesSpeaker::inputUsage).orElse("{}")
            + "}}");
    int index = 0;
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks thought -> thought(thought, index, events);
        case Piece.Says(var texts) -> text(texts, index, events);
        case Piece.Calls call -> call(call, index, events);
        case Piece.Fits(var json) -> {
          if (enforcesSchema) {
            text(List.of(json), index, events);
          } else {
            call(new Piece.Calls("toolu_9", AnswerTool.NAME, List.of(json)), index, events);
          }
        }
      }
      events.add("{'type':'content_block_stop','index':" + index + "}");
      index++;
    }
    events.add(
        "{'type':'message_delta','delta':{'stop_reason':'"
            + reason(answer)
            + "','stop_sequence':null},'usage':"
            + answer.tokens().map(MessagesSpeaker::outputUsage).orElse("{}")
            + "}");
    events.add("{'type':'message_stop'}");
    return Speaker.typed(events.stream().map(Speaker::json)).toList();
  }

  @Override
  public int closing() {
    return 2;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.typed(Stream.of(refusal(529, message))).toList().getFirst();
  }

  @Override
  public String refusal(int status, String message) {
    String type =
        switch (status) {
          case 400 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          case 529 -> "overloaded_error";
          default -> "api_error";
        };
    return Speaker.json("{'type':'error','error':{'type':'" + type + "','message':")
        + Speaker.quoted(message)
        + Speaker.json("},'request_id':'req_1'}");
  }

  private static String inputUsage(Tokens tokens) {
    return "{'input_tokens':"
        + (tokens.input() - tokens.cached())
        + ",'cache_read_input_tokens':"
        + tokens.cached()
        + ",'output_tokens':1,'service_tier':'standard'}";
  }

  private static String outputUsage(Tokens tokens) {
    return "{'output_tokens':"
        + tokens.output()
        + ",'output_tokens_details':{'thinking_tokens':"
        + tokens.reasoning()
        + "}}";
  }

  private String reason(Answer answer) {
    boolean byTool =
        !enforcesSchema && answer.pieces().stream().anyMatch(Piece.Fits.class::isInstance);
    return switch (answer.ending()) {
      case STOP -> byTool ? "tool_use" : "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "refusal";
    };
  }

  private static String start(int index, String block) {
    return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
  }

  private static String delta(int index, String delta) {
    return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
  }

  private static void text(List<String> texts, int index, List<String> events) {
    events.add(start(index, "{'type':'text','text':''}"));
    events.add("{'type':'ping'}");
    for (String text : texts) {
      events.add(delta(index, "{'type':'text_delta','text':" + Speaker.quoted(text) + "}"));
    }
  }

  private static void thought(Piece.Thinks thought, int index, List<String> events) {
    events.add(start(index, "{'type':'thinking','thinking':'','signature':''}"));
    for (String text : thought.texts()) {
      events.add(delta(index, "{'type':'thinking_delta','thinking':" + Speaker.quoted(text) + "}"));
    }
    if (!thought.signature().isEmpty()) {
      events.add(
          delta(index, "{'type':'signature_delta','signature':'" + thought.signature() + "'}"));
    }
  }

  private static void call(Piece.Calls call, int index, List<String> events) {
    events.add(
        start(
            index,
            "{'type':'tool_use','id':'"
                + call.id()
                + "','name':'"
                + call.name()
                + "','input':{}}"));
    events.add(delta(index, "{'type':'input_json_delta','partial_json':''}"));
    for (String piece : call.arguments()) {
      events.add(
          delta(index, "{'type':'input_json_delta','partial_json':" + Speaker.quoted(piece) + "}"));
    }
  }
}
