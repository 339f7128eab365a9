package com.commaagents.mcp;

import com.commaagents.base.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server, written by hand from the protocol, that can misbehave. As a program it speaks
/// over its standard streams; [RemoteTestServer] has it speak over HTTP.
final class TestServer {
  private static final List<String> SECOND_PAGE =
      List.of(
          "structured", "picture", "dies", "grow", "variable", "hologram", "all", "big", "breaks");

  /// How many tools it offers.
  static final int TOOLS = 3 + SECOND_PAGE.size();

  /// What was cancelled, for those who look from outside.
  private final List<String> cancelled = new CopyOnWriteArrayList<>();

  private final AtomicInteger hanging = new AtomicInteger();
  private volatile boolean grown;

  /// @param arguments what to do before the first message: `dead` ends with words, `mute` never
  ///   answers, `noisy` writes garbage and much to the error stream
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String argument : arguments) {
      switch (argument) {
        case "dead" -> {
          System.err.println("no licence for " + System.getenv("SECRET"));
          System.exit(3);
        }
        case "noisy" -> {
          out.println("Welcome! {\"not\": a message");
          List.of(
                  "42",
                  "[]",
                  "{}",
                  "null",
                  "{\"jsonrpc\":\"1.0\"}",
                  "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}")
              .forEach(out::println);
          out.write(0xff);
          out.println();
          System.err.println("e".repeat(1 << 20));
        }
        default -> {}
      }
    }
    boolean mute = List.of(arguments).contains("mute");
    TestServer server = new TestServer();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!mute) {
        server.receive(Json.parse(line).orElseThrow(), out::println);
      }
    }
  }

  List<String> cancelled() {
    return cancelled;
  }

  /// How many calls get no answer.
  int hanging() {
    return hanging.get();
  }

  void receive(JsonNode message, Consumer<String> send) {
    String method = Json.text(message, "method").orElse("");
    if (method.equals("notifications/cancelled")) {
      cancelled.add(message.path("params").path("requestId").asString());
      System.err.println("cancelled");
    }
    if (!message.has("id")) {
      return;
    }
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", message.path("id"));
    switch (method) {
      case "initialize" ->
          answer.set("result", hello(message.path("params").path("protocolVersion").asString()));
      case "tools/list" -> answer.set("result", page(message.path("params")));
      case "tools/call" -> {
        Optional<ObjectNode> result = call(message.path("params"), send);
        if (result.isEmpty()) {
          return;
        }
        answer.set("result", result.get());
        pad(answer, message.path("params").path("arguments").path("bytes").asInt(0));
      }
      default -> answer.putObject("error").put("code", -32601).put("message", "no such method");
    }
    send.accept(Json.write(answer));
  }

  /// Makes a message with an empty text as long as it shall be.
  private static void pad(ObjectNode answer, int bytes) {
    int missing = bytes - Json.writeBytes(answer).length;
    if (missing > 0) {
      ObjectNode text = (ObjectNode) answer.path("result").path("content").path(0);
      text.put("text", "b".repeat(missing));
    }
  }

  private static ObjectNode hello(String version) {
    ObjectNode hello = Json.object().put("protocolVersion", version);
    hello.putObject("capabilities").putObject("tools").put("listChanged", true);
    hello.putObject("serverInfo").put("name", "test").put("version", "1");
    return hello;
  }

  /// Two pages.
  private ObjectNode page(JsonNode params) {
    ObjectNode page = Json.object();
    var tools = page.putArray("tools");
    List<String> first = List.of("echo", "fails", "hangs");
    List<String> second = new ArrayList<>(SECOND_PAGE);
    if (grown) {
      second.add("grown");
    }
    boolean last = params.has("cursor");
    for (String name : last ? second : first) {
      ObjectNode tool = tools.addObject().put("name", name).put("description", "Does " + name);
      tool.putObject("inputSchema").put("type", "object");
    }
    if (!last) {
      page.put("nextCursor", "second");
    }
    return page;
  }

  private Optional<ObjectNode> call(JsonNode params, Consumer<String> send) {
    ObjectNode result = Json.object();
    var content = result.putArray("content");
    switch (params.path("name").asString()) {
      case "echo" ->
          content
              .addObject()
              .put("type", "text")
              .put("text", params.path("arguments").path("text").asString());
      case "fails" -> {
        content.addObject().put("type", "text").put("text", "no such row");
        result.put("isError", true);
      }
      case "structured" -> result.putObject("structuredContent").put("rows", 3);
      case "picture" ->
          content.addObject().put("type", "image").put("mimeType", "image/png").put("data", "AAAA");
      case "variable" ->
          content
              .addObject()
              .put("type", "text")
              .put("text", String.valueOf(System.getenv("SECRET")));
      case "grow" -> {
        grown = true;
        send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        content.addObject().put("type", "text").put("text", "grown");
      }
      case "hologram" -> {
        content.addObject().put("type", "hologram").put("depth", 3);
        content.addObject().put("type", "text").put("text", "beside it");
      }
      case "all" -> everything(content, result);
      case "big" -> content.addObject().put("type", "text").put("text", "");
      case "dies" -> System.exit(7);
      default -> {
        hanging.incrementAndGet();
        return Optional.empty();
      }
    }
    return Optional.of(result);
  }

  private static void everything(ArrayNode content, ObjectNode result) {
    content.addObject().put("type", "text").put("text", "plain");
    content.addObject().put("type", "audio").put("mimeType", "audio/wav").put("data", "AAAA");
    content.addObject().put("type", "resource_link").put("uri", "file:///a").put("name", "a");
    content
        .addObject()
        .put("type", "resource")
        .putObject("resource")
        .put("uri", "file:///b")
        .put("mimeType", "text/plain")
        .put("text", "inside");
    content
        .addObject()
        .put("type", "resource")
        .putObject("resource")
        .put("uri", "file:///c")
        .put("mimeType", "x/y")
        .put("blob", "AAAA");
    result.putObject("structuredContent").put("rows", 3);
  }
}
