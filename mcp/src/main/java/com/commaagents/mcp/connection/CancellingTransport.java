package com.commaagents.mcp.connection;

import com.commaagents.base.json.Json;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/// Knows the request a call became, so that the server can be told to give it up: the library does
/// not tell it. Calls are known by a mark in their `_meta`. Thread-safe.
final class CancellingTransport implements McpClientTransport {
  static final String MARK = "comma/call";

  private final McpClientTransport wire;
  private final Map<Object, Object> requests = new ConcurrentHashMap<>();

  CancellingTransport(McpClientTransport wire) {
    this.wire = wire;
  }

  /// The mark of the call that a message makes.
  static Optional<String> call(String message) {
    return Json.parse(message).flatMap(json -> Json.text(json.path("params").path("_meta"), MARK));
  }

  /// A call has its answer or is given up; the server is told of the latter.
  void ended(String mark, boolean cancelled) {
    Object request = requests.remove(mark);
    if (cancelled && request != null) {
      wire.sendMessage(
              new JSONRPCNotification(
                  "notifications/cancelled", Map.of("requestId", request, "reason", "cancelled")))
          .subscribe(_ -> {}, _ -> {});
    }
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request
        && request.params() instanceof CallToolRequest call
        && call.meta() != null
        && call.meta().get(MARK) instanceof String mark) {
      requests.put(mark, request.id());
    }
    return wire.sendMessage(message);
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return wire.connect(handler);
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    wire.setExceptionHandler(handler);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return wire.closeGracefully();
  }

  @Override
  public void close() {
    wire.close();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return wire.unmarshalFrom(data, type);
  }

  @Override
  public List<String> protocolVersions() {
    return wire.protocolVersions();
  }
}
