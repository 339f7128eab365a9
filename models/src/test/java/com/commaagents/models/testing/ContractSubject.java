package com.commaagents.models.testing;

import com.commaagents.engine.model.Model;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.scripted.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model of one kind that answers as a contract test wants it to.
public final class ContractSubject implements AutoCloseable {
  /// What the model is made of.
  public enum Kind {
    OPENAI,
    ANTHROPIC,
    SCRIPTED
  }

  private final Kind kind;
  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();
  private final HandClock clock = new HandClock();

  public ContractSubject(Kind kind) throws IOException {
    this.kind = kind;
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }

  public Model answersText() throws IOException {
    return switch (kind) {
      case OPENAI ->
          openai(
              "{'choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
              "{'choices':[{'index':0,'delta':{'content':'Grüß '}}]}",
              "{'choices':[{'index':0,'delta':{'content':'Gott 😀'},'finish_reason':null}]}",
              "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}",
              "{'choices':[],'usage':{'prompt_tokens':100,'completion_tokens':20,"
                  + "'prompt_tokens_details':{'cached_tokens':60}}}",
              "[DONE]");
      case ANTHROPIC ->
          anthropic(
              "{'type':'message_start','message':{'usage':{'input_tokens':40,"
                  + "'cache_read_input_tokens':60,'output_tokens':1}}}",
              "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
              "{'type':'ping'}",
              textDelta("Grüß "),
              textDelta("Gott 😀"),
              "{'type':'content_block_stop','index':0}",
              messageDelta("end_turn", ",'usage':{'output_tokens':20}"),
              "{'type':'message_stop'}");
      case SCRIPTED ->
          scripted(
              "- text: ['Grüß ', 'Gott 😀']", "  usage: {input: 100, output: 20, cacheRead: 60}");
    };
  }

  public Model thinks() throws IOException {
    return switch (kind) {
      case OPENAI ->
          openai(
              "{'choices':[{'delta':{'reasoning_content':'hm ','content':null}}]}",
              "{'choices':[{'delta':{'reasoning_content':'yes','content':''}}]}",
              "{'choices':[{'delta':{'content':'Done.'}}]}",
              openaiFinish("stop"),
              "[DONE]");
      case ANTHROPIC ->
          anthropic(
              "{'type':'content_block_start','index':0,'content_block':"
                  + "{'type':'thinking','thinking':''}}",
              "{'type':'content_block_delta','index':0,'delta':"
                  + "{'type':'thinking_delta','thinking':'hm '}}",
              "{'type':'content_block_delta','index':0,'delta':"
                  + "{'type':'thinking_delta','thinking':'yes'}}",
              "{'type':'content_block_stop','index':0}",
              textDelta("Done."),
              messageDelta("end_turn", ""),
              "{'type':'message_stop'}");
      case SCRIPTED -> scripted("- thinking: 'hm yes'", "  text: [Done.]");
    };
  }

  public Model callsTools() throws IOException {
    return switch (kind) {
      case OPENAI ->
          openai(
              openaiCall(0, "'id':'call_a',", "'name':'read_file','arguments':''"),
              openaiCall(0, "", "'arguments':'{\\'path\\':'"),
              openaiCall(0, "", "'arguments':' \\'hello.txt\\'}'"),
              openaiCall(1, "'id':'call_b',", "'name':'list_directory','arguments':'{}'"),
              openaiFinish("tool_calls"),
              "[DONE]");
      case ANTHROPIC ->
          anthropic(
              anthropicCall(0, "toolu_a", "read_file"),
              anthropicArguments(0, ""),
              anthropicArguments(0, "{\\'path\\':"),
              anthropicArguments(0, " \\'hello.txt\\'}"),
              "{'type':'content_block_stop','index':0}",
              anthropicCall(1, "toolu_b", "list_directory"),
              "{'type':'content_block_stop','index':1}",
              messageDelta("tool_use", ""),
              "{'type':'message_stop'}");
      case SCRIPTED ->
          scripted("- tools:", "    - read_file: {path: hello.txt}", "    - list_directory: {}");
    };
  }

  public Model callsToolWithBrokenArguments() throws IOException {
    return switch (kind) {
      case OPENAI ->
          openai(
              openaiCall(0, "'id':'a',", "'name':'read_file','arguments':'{\\'path\\': \\'hel'"),
              openaiFinish("tool_calls"),
              "[DONE]");
      case ANTHROPIC ->
          anthropic(
              anthropicCall(0, "toolu_a", "read_file"),
              anthropicArguments(0, "{\\'path\\': \\'hel"),
              "{'type':'content_block_stop','index':0}",
              messageDelta("tool_use", ""),
              "{'type':'message_stop'}");
      case SCRIPTED -> scripted("- tools:", "    read_file: '{\"path\": \"hel'");
    };
  }

  public Model reachesTheLimit() throws IOException {
    return switch (kind) {
      case OPENAI -> openai(openaiFinish("length"), "[DONE]");
      case ANTHROPIC -> anthropic(messageDelta("max_tokens", ""), "{'type':'message_stop'}");
      case SCRIPTED -> scripted("- text: One", "  finish: length");
    };
  }

  public Model answersWithoutUsage() throws IOException {
    return switch (kind) {
      case OPENAI -> openai(openaiFinish("stop"), "[DONE]");
      case ANTHROPIC -> anthropic(messageDelta("end_turn", ""), "{'type':'message_stop'}");
      case SCRIPTED -> scripted("- text: One", "  usage: none");
    };
  }

  public Model refuses() throws IOException {
    String openai = "{'error':{'message':'slow down','type':'rate_limit','code':null}}";
    String anthropic = "{'type':'error','error':{'type':'rate_limit_error','message':'slow down'}}";
    return switch (kind) {
      case OPENAI -> overSocket(reply -> reply.json(429, quoted(openai), "Retry-After: 7"));
      case ANTHROPIC -> overSocket(reply -> reply.json(429, quoted(anthropic), "Retry-After: 7"));
      case SCRIPTED -> scripted("- fail: {status: 429, message: slow down, retryAfter: 7}");
    };
  }

  public Model breaksOff() throws IOException {
    return switch (kind) {
      case OPENAI ->
          overSocket(reply -> {
            reply.stream().events(quoted("{'choices':[{'delta':{'content':'Half'}}]}"));
            reply.cut();
          });
      case ANTHROPIC ->
          overSocket(reply -> {
            reply.stream().events(quoted(textDelta("Half")));
            reply.cut();
          });
      case SCRIPTED -> scripted("- text: Half", "  fail: cut");
    };
  }

  private static String openaiCall(int index, String id, String function) {
    return "{'choices':[{'delta':{'tool_calls':[{'index':"
        + index
        + ","
        + id
        + "'function':{"
        + function
        + "}}]}}]}";
  }

  private static String openaiFinish(String reason) {
    return "{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}";
  }

  private static String textDelta(String text) {
    return "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'"
        + text
        + "'}}";
  }

  private static String anthropicCall(int index, String id, String name) {
    return "{'type':'content_block_start','index':"
        + index
        + ",'content_block':{'type':'tool_use','id':'"
        + id
        + "','name':'"
        + name
        + "','input':{}}}";
  }

  private static String anthropicArguments(int index, String json) {
    return "{'type':'content_block_delta','index':"
        + index
        + ",'delta':{'type':'input_json_delta','partial_json':'"
        + json
        + "'}}";
  }

  private static String messageDelta(String stopReason, String usage) {
    return "{'type':'message_delta','delta':{'stop_reason':'" + stopReason + "'}" + usage + "}";
  }

  private Model openai(String... events) throws IOException {
    return overSocket(reply -> reply.stream().events(quoted(events)).end());
  }

  private Model anthropic(String... events) throws IOException {
    return overSocket(reply -> reply.stream().events(quoted(events)).end());
  }

  private Model overSocket(SocketServer.Handler handler) {
    server.next(handler);
    return kind == Kind.OPENAI
        ? Models.openai(http, server, clock)
        : Models.anthropic(http, server, clock);
  }

  private Model scripted(String... lines) throws IOException {
    List<String> script = new ArrayList<>(List.of("writer:"));
    Arrays.stream(lines).map(line -> "  " + line).forEach(script::add);
    Path folder = Files.createTempDirectory("scripts");
    Files.write(folder.resolve("strategy.script.yaml"), script);
    return new ScriptFolder(clock, "")
        .model(Models.info("scripted/default"), "default", folder.resolve("strategy.yaml"));
  }

  private static String[] quoted(String... texts) {
    return Arrays.stream(texts).map(ContractSubject::quoted).toArray(String[]::new);
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
