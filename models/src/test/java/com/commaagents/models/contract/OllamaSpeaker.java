package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import java.util.ArrayList;
import java.util.List;

/// Ollama's own chat.
public final class OllamaSpeaker implements Speaker {
  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks(var texts, var _) ->
            texts.forEach(
                text -> lines.add(line("''", "," + "'thinking':" + Speaker.quoted(text))));
        case Piece.Says(var texts) ->
            texts.forEach(text -> lines.add(line(Speaker.quoted(text), "")));
        case Piece.Fits(var json) -> lines.add(line(Speaker.quoted(json), ""));
        case Piece.Calls call ->
            lines.add(
                line(
                    "''",
                    ",'tool_calls':[{'id':'"
                        + call.id()
                        + "','function':{'index':0,'name':'"
                        + call.name()
                        + "','arguments':"
                        + call.whole()
                        + "}}]"));
      }
    }
    lines.add(last(answer));
    return lines.stream().map(line -> Speaker.bytes(line + "\n")).toList();
  }

  @Override
  public int closing() {
    return 1;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.bytes(refusal(500, message) + "\n");
  }

  @Override
  public String refusal(int status, String message) {
    return Speaker.json("{'error':") + Speaker.quoted(message) + "}";
  }

  private static String line(String content, String more) {
    return Speaker.json(
        "{'model':'m','created_at':'2026-11-22T10:00:00.1Z','message':{'role':'assistant',"
            + "'content':"
            + content
            + more
            + "},'done':false}");
  }

  private static String last(Answer answer) {
    String reason = answer.ending() == Answer.Ending.LENGTH ? "length" : "stop";
    String counts =
        answer
            .tokens()
            .map(tokens ->
                ",'total_duration':9,'load_duration':1,'prompt_eval_count':"
                    + tokens.input()
                    + ",'prompt_eval_duration':2,'eval_count':"
                    + tokens.output()
                    + ",'eval_duration':3")
            .orElse("");
    return Speaker.json(
        "{'model':'m','created_at':'2026-11-22T10:00:00.2Z','message':{'role':'assistant',"
            + "'content':''},'done_reason':'"
            + reason
            + "','done':true"
            + counts
            + "}");
  }
}
