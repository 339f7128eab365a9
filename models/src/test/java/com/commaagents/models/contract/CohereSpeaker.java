package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import java.util.ArrayList;
import java.util.List;

/// Cohere's chat, version 2.
public final class CohereSpeaker implements Speaker {
  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> events = new ArrayList<>();
    events.add("{'type':'message-start','id':'m1','delta':{'message':{'role':'assistant'}}}");
    int content = 0;
    int calls = 0;
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks(var texts, var _) -> content("thinking", texts, content++, events);
        case Piece.Says(var texts) -> content("text", texts, content++, events);
        case Piece.Fits(var json) -> content("text", List.of(json), content++, events);
        case Piece.Calls call -> call(call, calls++, events);
      }
    }
    events.add(
        "{'type':'message-end','delta':{'finish_reason':'"
            + reason(answer)
            + "'"
            + usage(answer)
            + "}}");
    return Speaker.typed(events.stream().map(Speaker::json)).toList();
  }

  @Override
  public int closing() {
    return 1;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.events(
            List.of(
                Speaker.json(
                    "{'type':'message-end','delta':{'finish_reason':'ERROR','error':"
                        + Speaker.quoted(message)
                        + "}}")))
        .getFirst();
  }

  @Override
  public String refusal(int status, String message) {
    return Speaker.json("{'id':'r1','message':") + Speaker.quoted(message) + "}";
  }

  private static String reason(Answer answer) {
    return switch (answer.ending()) {
      case STOP -> "COMPLETE";
      case LENGTH -> "MAX_TOKENS";
      case TOOL_CALLS -> "TOOL_CALL";
      case CONTENT_FILTER -> "ERROR_TOXIC";
    };
  }

  private static String usage(Answer answer) {
    return answer
        .tokens()
        .map(tokens ->
            ",'usage':{'billed_units':{'input_tokens':1,'output_tokens':1},'tokens':"
                + "{'input_tokens':"
                + tokens.input()
                + ",'output_tokens':"
                + tokens.output()
                + "},'cached_tokens':"
                + tokens.cached()
                + "}")
        .orElse("");
  }

  private static void content(String kind, List<String> texts, int index, List<String> events) {
    String head = "'index':" + index + ",'delta':{'message':{'content':{";
    events.add("{'type':'content-start'," + head + "'type':'" + kind + "','" + kind + "':''}}}}");
    for (String text : texts) {
      events.add(
          "{'type':'content-delta'," + head + "'" + kind + "':" + Speaker.quoted(text) + "}}}}");
    }
    events.add("{'type':'content-end','index':" + index + "}");
  }

  private static void call(Piece.Calls call, int index, List<String> events) {
    String head = "'index':" + index + ",'delta':{'message':{'tool_calls':{";
    events.add(
        "{'type':'tool-call-start',"
            + head
            + "'id':'"
            + call.id()
            + "','type':'function','function':{'name':'"
            + call.name()
            + "','arguments':''}}}}}");
    for (String piece : call.arguments()) {
      events.add(
          "{'type':'tool-call-delta',"
              + head
              + "'function':{'arguments':"
              + Speaker.quoted(piece)
              + "}}}}}");
    }
    events.add("{'type':'tool-call-end','index':" + index + "}");
  }
}
