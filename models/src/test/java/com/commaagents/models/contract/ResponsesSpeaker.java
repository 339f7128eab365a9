package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Answer.Tokens;
import java.util.ArrayList;
import java.util.List;

/// OpenAI's responses.
public final class ResponsesSpeaker implements Speaker {
  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> events = new ArrayList<>();
    events.add(event("response.created", "'response':{'id':'resp_1','status':'in_progress'}"));
    events.add(event("response.in_progress", "'response':{'id':'resp_1','status':'in_progress'}"));
    int index = 0;
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks thought -> thought(thought, index, events);
        case Piece.Says(var texts) -> text(texts, index, events);
        case Piece.Fits(var text) -> text(List.of(text), index, events);
        case Piece.Calls call -> call(call, index, events);
      }
      index++;
    }
    events.add(ending(answer));
    return Speaker.typed(events.stream()).toList();
  }

  @Override
  public int closing() {
    return 1;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.typed(
            List.of(
                event(
                    "response.failed",
                    "'response':{'id':'resp_1','status':'failed','error':{'code':'server_error',"
                        + "'message':"
                        + Speaker.quoted(message)
                        + "}}"))
                .stream())
        .toList()
        .getFirst();
  }

  @Override
  public String refusal(int status, String message) {
    return new ChatSpeaker(ChatSpeaker.Thinks.NOT, ChatSpeaker.Counts.OPENAI)
        .refusal(status, message);
  }

  private static String event(String type, String fields) {
    return Speaker.json("{'type':'" + type + "','sequence_number':7," + fields + "}");
  }

  private static String item(String type, int index, String item) {
    return event("response.output_item." + type, "'output_index':" + index + ",'item':" + item);
  }

  private static void thought(Piece.Thinks thought, int index, List<String> events) {
    String place = "'item_id':'rs_1','output_index':" + index + ",'summary_index':0";
    events.add(item("added", index, "{'id':'rs_1','type':'reasoning','summary':[]}"));
    events.add(
        event(
            "response.reasoning_summary_part.added",
            place + ",'part':{'type':'summary_text','text':''}"));
    for (String text : thought.texts()) {
      events.add(
          event(
              "response.reasoning_summary_text.delta",
              place + ",'delta':" + Speaker.quoted(text) + ",'obfuscation':'x'"));
    }
    events.add(
        item(
            "done",
            index,
            "{'id':'rs_1','type':'reasoning','encrypted_content':'"
                + thought.signature()
                + "','summary':[{'type':'summary_text','text':"
                + Speaker.quoted(String.join("", thought.texts()))
                + "}]}"));
  }

  private static void text(List<String> texts, int index, List<String> events) {
    String place = "'item_id':'msg_1','output_index':" + index + ",'content_index':0";
    events.add(
        item(
            "added",
            index,
            "{'id':'msg_1','type':'message','status':'in_progress','content':[],"
                + "'role':'assistant'}"));
    for (String text : texts) {
      events.add(event("response.output_text.delta", place + ",'delta':" + Speaker.quoted(text)));
    }
    String whole = Speaker.quoted(String.join("", texts));
    events.add(event("response.output_text.done", place + ",'text':" + whole));
    events.add(
        item(
            "done",
            index,
            "{'id':'msg_1','type':'message','status':'completed','content':[{'type':"
                + "'output_text','text':"
                + whole
                + "}],'role':'assistant'}"));
  }

  private static void call(Piece.Calls call, int index, List<String> events) {
    String place = "'item_id':'fc_1','output_index':" + index;
    String head =
        "{'id':'fc_1','type':'function_call','call_id':'"
            + call.id()
            + "','name':'"
            + call.name()
            + "','arguments':";
    events.add(item("added", index, head + "''}"));
    for (String piece : call.arguments()) {
      events.add(
          event(
              "response.function_call_arguments.delta",
              place + ",'delta':" + Speaker.quoted(piece)));
    }
    String whole = Speaker.quoted(call.whole());
    events.add(event("response.function_call_arguments.done", place + ",'arguments':" + whole));
    events.add(item("done", index, head + whole + ",'status':'completed'}"));
  }

  private static String ending(Answer answer) {
    String reason =
        switch (answer.ending()) {
          case STOP, TOOL_CALLS -> "";
          case LENGTH -> "max_output_tokens";
          case CONTENT_FILTER -> "content_filter";
        };
    String type = reason.isEmpty() ? "response.completed" : "response.incomplete";
    String details = reason.isEmpty() ? "null" : "{'reason':'" + reason + "'}";
    return event(
        type,
        "'response':{'id':'resp_1','object':'response','incomplete_details':"
            + details
            + ",'usage':"
            + answer.tokens().map(ResponsesSpeaker::usage).orElse("null")
            + "}");
  }

  private static String usage(Tokens tokens) {
    return "{'input_tokens':"
        + tokens.input()
        + ",'input_tokens_details':{'cached_tokens':"
        + tokens.cached()
        + "},'output_tokens':"
        + tokens.output()
        + ",'output_tokens_details':{'reasoning_tokens':"
        + tokens.reasoning()
        + "},'total_tokens':"
        + (tokens.input() + tokens.output())
        + "}";
  }
}
