package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Answer.Tokens;
import java.util.ArrayList;
import java.util.List;

/// Chat completions, in the ways of its speakers.
///
/// @param thinks how thinking comes
/// @param usage how tokens are counted
public record ChatSpeaker(Thinks thinks, Counts usage) implements Speaker {
  public enum Thinks {
    NOT,
    REASONING_CONTENT,
    REASONING,
    REASONING_DETAILS,
    REASONING_OPAQUE,
    CONTENT_CHUNK
  }

  public enum Counts {
    /// In a chunk of its own, with details.
    OPENAI,
    /// In the last chunk; hits of the cache apart.
    DEEPSEEK,
    /// In the last chunk, within what is Groq's own.
    GROQ,
    /// In a chunk of its own; what was thought is no part of what was answered.
    XAI,
    /// In the last chunk, without details.
    MISTRAL
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<byte[]> stream(Answer answer) {
    List<String> chunks = new ArrayList<>();
    chunks.add(delta("{'role':'assistant','content':''}"));
    int calls = 0;
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks thought -> thought(thought, chunks);
        case Piece.Says(var texts) ->
            texts.forEach(text -> chunks.add(delta("{'content':" + Speaker.quoted(text) + "}")));
        case Piece.Fits(var text) -> chunks.add(delta("{'content':" + Speaker.quoted(text) + "}"));
        case Piece.Calls call -> call(call, calls++, chunks);
      }
    }
    finish(answer, chunks);
    chunks.add("[DONE]");
    return Speaker.events(chunks);
  }

  @Override
  public int closing() {
    return 3;
  }

  @Override
  public byte[] brokenOff(String message) {
    return Speaker.events(List.of(refusal(500, message))).getFirst();
  }

  @Override
  public String refusal(int status, String message) {
    if (usage == Counts.MISTRAL) {
      return Speaker.json("{'object':'error','message':")
          + Speaker.quoted(message)
          + Speaker.json(",'type':'service_error','param':null,'code':'3000'}");
    }
    return Speaker.json("{'error':{'message':")
        + Speaker.quoted(message)
        + Speaker.json(",'type':'" + (status == 400 ? "invalid_request_error" : "server_error"))
        + Speaker.json("','param':null,'code':null}}");
  }

  private static String chunk(String choices, String rest) {
    return Speaker.json(
            "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1763000000,"
                + "'model':'m','system_fingerprint':'fp_1','choices':[")
        + choices
        + Speaker.json("]")
        + rest
        + "}";
  }

  private static String delta(String delta) {
    return delta(delta, "null", "");
  }

  private static String delta(String delta, String finish, String rest) {
    String choice =
        Speaker.json("{'index':0,'delta':")
            + Speaker.json(delta)
            + Speaker.json(",'logprobs':null,'finish_reason':" + finish + "}");
    return chunk(choice, rest);
  }

  private void thought(Piece.Thinks thought, List<String> chunks) {
    for (String text : thought.texts()) {
      String quoted = Speaker.quoted(text);
      switch (thinks) {
        case NOT -> {}
        case REASONING_CONTENT ->
            chunks.add(delta("{'content':null,'reasoning_content':" + quoted + "}"));
        case REASONING -> chunks.add(delta("{'content':'','reasoning':" + quoted + "}"));
        case REASONING_OPAQUE ->
            chunks.add(delta("{'content':'','reasoning_text':" + quoted + "}"));
        case REASONING_DETAILS ->
            chunks.add(
                delta(
                    "{'content':'','reasoning':"
                        + quoted
                        + ",'reasoning_details':[{'type':'reasoning.text','text':"
                        + quoted
                        + ",'format':'anthropic-claude-v1','index':0}]}"));
        case CONTENT_CHUNK ->
            chunks.add(
                delta(
                    "{'content':[{'type':'thinking','thinking':[{'type':'text','text':"
                        + quoted
                        + "}]}]}"));
      }
    }
    if (thinks == Thinks.REASONING_OPAQUE && !thought.signature().isEmpty()) {
      chunks.add(delta("{'content':'','reasoning_opaque':'" + thought.signature() + "'}"));
    }
    if (thinks == Thinks.REASONING_DETAILS && !thought.signature().isEmpty()) {
      chunks.add(
          delta(
              "{'content':'','reasoning_details':[{'type':'reasoning.text','signature':'"
                  + thought.signature()
                  + "','format':'anthropic-claude-v1','index':0}]}"));
    }
  }

  private static void call(Piece.Calls call, int index, List<String> chunks) {
    String head = "{'tool_calls':[{'index':" + index + ",";
    chunks.add(
        delta(
            head
                + "'id':'"
                + call.id()
                + "','type':'function','function':{'name':'"
                + call.name()
                + "','arguments':''}}]}"));
    for (String piece : call.arguments()) {
      String arguments = Speaker.quoted(piece);
      chunks.add(delta(head + "'function':{'arguments':" + arguments + "}}]}"));
    }
  }

  private void finish(Answer answer, List<String> chunks) {
    String reason =
        switch (answer.ending()) {
          case STOP -> "'stop'";
          case LENGTH -> "'length'";
          case TOOL_CALLS -> "'tool_calls'";
          case CONTENT_FILTER -> "'content_filter'";
        };
    String usage = answer.tokens().map(this::usage).orElse("");
    boolean apart = this.usage == Counts.OPENAI || this.usage == Counts.XAI;
    chunks.add(delta("{}", reason, apart ? Speaker.json(",'usage':null") : usage));
    chunks.add(chunk("", apart ? usage : ""));
  }

  private String usage(Tokens tokens) {
    String counts =
        switch (usage) {
          case OPENAI, GROQ ->
              "'prompt_tokens_details':{'cached_tokens':"
                  + tokens.cached()
                  + ",'audio_tokens':0},'completion_tokens_details':{'reasoning_tokens':"
                  + tokens.reasoning()
                  + "},'completion_tokens':"
                  + tokens.output();
          case XAI ->
              "'prompt_tokens_details':{'text_tokens':1,'cached_tokens':"
                  + tokens.cached()
                  + "},'completion_tokens_details':{'reasoning_tokens':"
                  + tokens.reasoning()
                  + "},'completion_tokens':"
                  + (tokens.output() - tokens.reasoning());
          case DEEPSEEK ->
              "'prompt_cache_hit_tokens':"
                  + tokens.cached()
                  + ",'prompt_cache_miss_tokens':"
                  + (tokens.input() - tokens.cached())
                  + ",'completion_tokens_details':{'reasoning_tokens':"
                  + tokens.reasoning()
                  + "},'completion_tokens':"
                  + tokens.output();
          case MISTRAL -> "'completion_tokens':" + tokens.output();
        };
    boolean own = usage == Counts.GROQ;
    return Speaker.json(
        (own ? ",'x_groq':{'id':'req_1','usage':{" : ",'usage':{")
            + "'prompt_tokens':"
            + tokens.input()
            + ",'total_tokens':"
            + (tokens.input() + tokens.output())
            + ","
            + counts
            + (own ? "}}" : "}"));
  }
}
