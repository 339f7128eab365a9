package com.commaagents.mcp.connection;

import com.commaagents.base.json.Json;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server at the other end of a wire that is none. It says hello by itself.
final class FakeWire implements McpClientTransport {
  private final McpJsonMapper mapper = WireMapper.make();
  private final BiFunction<String, JsonNode, Optional<ObjectNode>> answers;
  private @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;
  final List<String> methods = new CopyOnWriteArrayList<>();
  volatile boolean closed;
  volatile boolean polite = true;
  volatile boolean mute;

  /// @param answers the `result` or `error` of a request by its method and parameters, in an
  ///   object; empty: none
  FakeWire(BiFunction<String, JsonNode, Optional<ObjectNode>> answers) {
    this.answers = answers;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> messages) {
    handler = messages;
    return Mono.empty();
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> receive(Json.mapper().valueToTree(message)));
  }

  private void receive(JsonNode message) {
    String method = message.path("method").asString("");
    methods.add(method);
    if (mute || !message.has("id")) {
      return;
    }
    Optional<ObjectNode> answer =
        method.equals("initialize")
            ? Optional.of(hello(message))
            : answers.apply(method, message.path("params"));
    answer.ifPresent(given -> {
      ObjectNode reply = given.put("jsonrpc", "2.0");
      reply.set("id", message.path("id"));
      answer(Json.write(reply));
    });
  }

  private void answer(String text) {
    try {
      JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(mapper, text);
      if (handler != null) {
        handler.apply(Mono.just(message)).subscribe();
      }
    } catch (IOException noMessage) {
      throw new AssertionError(noMessage);
    }
  }

  private static ObjectNode hello(JsonNode message) {
    ObjectNode hello = Json.object();
    ObjectNode result = hello.putObject("result");
    result.put("protocolVersion", message.path("params").path("protocolVersion").asString());
    result.putObject("capabilities").putObject("tools");
    result.putObject("serverInfo").put("name", "fake").put("version", "1");
    return hello;
  }

  @Override
  public Mono<Void> closeGracefully() {
    return polite ? Mono.empty() : Mono.never();
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return mapper.convertValue(data, type);
  }
}
