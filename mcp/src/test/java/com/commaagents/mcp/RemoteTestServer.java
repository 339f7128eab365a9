package com.commaagents.mcp;

import com.commaagents.base.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A [TestServer] that listens: on `/mcp` for streamable HTTP, on `/sse` for the older way, and on
/// further paths that are of no use.
final class RemoteTestServer implements AutoCloseable {
  private final TestServer server = new TestServer();
  private final HttpServer http;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private volatile String session = "session-1";

  RemoteTestServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/mcp", this::post);
    http.createContext("/mute", _ -> {});
    http.createContext("/moved", exchange -> refuse(exchange, 307));
    http.createContext("/locked", exchange -> refuse(exchange, 401));
    http.createContext("/missing", exchange -> refuse(exchange, 404));
    http.createContext("/broken", exchange -> refuse(exchange, 500));
    http.createContext("/page", exchange -> refuse(exchange, 200));
    http.createContext("/sse", this::stream);
    http.createContext("/messages", this::message);
    http.start();
  }

  TestServer server() {
    return server;
  }

  String address(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  /// Forgets those who were connected over streamable HTTP.
  void restart() {
    session = "session-2";
  }

  List<String> authorizations() {
    return authorizations;
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    // Before somebody knows where to post.
    streams.add(exchange.getResponseBody());
    event(exchange.getResponseBody(), "endpoint", "/messages");
  }

  private void message(HttpExchange exchange) throws IOException {
    JsonNode message = body(exchange);
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
    if (breaks(message)) {
      List<OutputStream> open = List.copyOf(streams);
      streams.removeAll(open);
      open.forEach(RemoteTestServer::close);
      return;
    }
    server.receive(message, text -> streams.removeIf(stream -> !event(stream, "message", text)));
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    if (status == 307) {
      exchange.getResponseHeaders().set("Location", "/mcp");
    }
    if (status == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    byte[] page = "<html>a page for people</html>".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private void post(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
      return;
    }
    JsonNode message = body(exchange);
    Optional<String> asked =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
    if (asked.isPresent() && !asked.get().equals(session)) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Mcp-Session-Id", session);
    if (!message.has("id")) {
      server.receive(message, _ -> {});
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (breaks(message)) {
      exchange.close();
      return;
    }
    server.receive(
        message,
        text -> {
          event(out, "message", text);
          if (text.contains("\"id\"")) {
            exchange.close();
          }
        });
  }

  private static boolean breaks(JsonNode message) {
    return message.path("params").path("name").asString("").equals("breaks");
  }

  private static void close(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
        .ifPresent(authorizations::add);
    return Json.parse(exchange.getRequestBody().readAllBytes()).orElseThrow();
  }

  /// Whether somebody listens.
  private static boolean event(OutputStream out, String name, String data) {
    try {
      out.write(("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
