package com.commaagents.mcp;

import com.commaagents.base.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server, written by hand from the protocol, that can misbehave. As a program it speaks
/// over its standard streams.
final class TestServer {
  /// What was cancelled, for those who look from outside.
  private final List<String> cancelled = new CopyOnWriteArrayList<>();

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
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

  List<String> authorizations() {
    return authorizations;
  }

  /// Listens on `/mcp` for streamable HTTP and on `/sse` for the older way.
  HttpServer listen() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    CopyOnWriteArrayList<OutputStream> streams = new CopyOnWriteArrayList<>();
    http.createContext("/mcp", this::post);
    http.createContext(
        "/sse",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          event(exchange.getResponseBody(), "endpoint", "/messages");
          streams.add(exchange.getResponseBody());
        });
    http.createContext(
        "/messages",
        exchange -> {
          JsonNode message = body(exchange);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
          receive(message, text -> streams.forEach(stream -> event(stream, "message", text)));
        });
    http.start();
    return http;
  }

  private void post(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
      return;
    }
    JsonNode message = body(exchange);
    if (!message.has("id")) {
      receive(message, _ -> {});
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    receive(
        message,
        text -> {
          event(out, "message", text);
          if (text.contains("\"id\"")) {
            exchange.close();
          }
        });
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
        .ifPresent(authorizations::add);
    return Json.parse(exchange.getRequestBody().readAllBytes()).orElseThrow();
  }

  private static void event(OutputStream out, String name, String data) {
    try {
      out.write(("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void receive(JsonNode message, Consumer<String> send) {
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
      }
      default -> answer.putObject("error").put("code", -32601).put("message", "no such method");
    }
    send.accept(Json.write(answer));
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
    List<String> second =
        grown
            ? List.of("structured", "picture", "dies", "grow", "variable", "grown")
            : List.of("structured", "picture", "dies", "grow", "variable");
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
      case "dies" -> System.exit(7);
      default -> {
        hanging.incrementAndGet();
        return Optional.empty();
      }
    }
    return Optional.of(result);
  }
}
