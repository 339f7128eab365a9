package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Answer.Tokens;
import java.util.ArrayList;
import java.util.List;

/// Google's generateContent.
public final class GenerateSpeaker implements Speaker {
  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> chunks = new ArrayList<>();
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks thought -> thought(thought, chunks);
        case Piece.Says(var texts) ->
            texts.forEach(text -> chunks.add(chunk("{'text':" + Speaker.quoted(text) + "}", "")));
        case Piece.Fits(var json) -> chunks.add(chunk("{'text':" + Speaker.quoted(json) + "}", ""));
        case Piece.Calls call -> chunks.add(chunk(call(call), ""));
      }
    }
    chunks.add(chunk("{'text':''}", ",'finishReason':'" + reason(answer) + "'", answer));
    return Speaker.events(chunks);
  }

  @Override
  public int closing() {
    return 1;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.events(List.of(refusal(503, message))).getFirst();
  }

  @Override
  public String refusal(int status, String message) {
    String name =
        switch (status) {
          case 400 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 429 -> "RESOURCE_EXHAUSTED";
          default -> "INTERNAL";
        };
    return Speaker.json("{'error':{'code':" + status + ",'message':")
        + Speaker.quoted(message)
        + Speaker.json(",'status':'" + name + "'}}");
  }

  private static String reason(Answer answer) {
    return switch (answer.ending()) {
      case STOP, TOOL_CALLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
    };
  }

  private static String chunk(String part, String finish) {
    return Speaker.json(
        "{'candidates':[{'content':{'parts':["
            + part
            + "],'role':'model'}"
            + finish
            + ",'index':0}],'modelVersion':'gemini-x','responseId':'r1'}");
  }

  private static String chunk(String part, String finish, Answer answer) {
    String chunk = chunk(part, finish);
    String usage = answer.tokens().map(GenerateSpeaker::usage).orElse("");
    return chunk.substring(0, chunk.length() - 1) + Speaker.json(usage) + "}";
  }

  private static String usage(Tokens tokens) {
    return ",'usageMetadata':{'promptTokenCount':"
        + tokens.input()
        + ",'cachedContentTokenCount':"
        + tokens.cached()
        + ",'candidatesTokenCount':"
        + (tokens.output() - tokens.reasoning())
        + ",'thoughtsTokenCount':"
        + tokens.reasoning()
        + ",'totalTokenCount':"
        + (tokens.input() + tokens.output())
        + ",'promptTokensDetails':[{'modality':'TEXT','tokenCount':1}]}";
  }

  // The signature of a thought comes with the part that follows; here at the thought's end.
  private static void thought(Piece.Thinks thought, List<String> chunks) {
    int last = thought.texts().size() - 1;
    for (int i = 0; i <= last; i++) {
      String signature =
          i == last && !thought.signature().isEmpty()
              ? ",'thoughtSignature':'" + thought.signature() + "'"
              : "";
      chunks.add(
          chunk(
              "{'text':"
                  + Speaker.quoted(thought.texts().get(i))
                  + ",'thought':true"
                  + signature
                  + "}",
              ""));
    }
  }

  private static String call(Piece.Calls call) {
    return "{'functionCall':{'id':'"
        + call.id()
        + "','name':'"
        + call.name()
        + "','args':"
        + call.whole()
        + "},'thoughtSignature':'signed-"
        + call.id()
        + "'}";
  }
}
