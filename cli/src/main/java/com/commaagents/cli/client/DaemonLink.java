package com.commaagents.cli.client;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/// One connection to a daemon. Sending is thread-safe.
///
/// Limits: connecting and each send wait at most [#PATIENCE]; a message is at most [Json#MAX_BYTES]
/// characters, a larger one ends the link. The listener is the back-pressure: the next message is
/// read when it has returned.
public final class DaemonLink implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration GOODBYE_PATIENCE = Duration.ofSeconds(1);

  /// What comes from the daemon, one call at a time.
  public interface Listener {
    /// A message; one that is not a JSON object is left out. May block.
    void said(JsonNode message) throws InterruptedException;

    /// The link has ended, by whomever; nothing follows.
    void ended(String reason) throws InterruptedException;
  }

  private final HttpClient http;
  private final WebSocket socket;
  private final ReentrantLock sending = new ReentrantLock();

  private DaemonLink(HttpClient http, WebSocket socket) {
    this.http = http;
    this.socket = socket;
  }

  /// Connects; `token` is what the daemon asks of its clients.
  ///
  /// @throws Fault `UPSTREAM` when nobody listens or answers there, `CREDENTIALS` when the token is
  ///   refused
  public static DaemonLink connect(URI address, Optional<String> token, Listener listener)
      throws InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
    token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
    try {
      WebSocket socket =
          builder
              .buildAsync(address, new MessageReader(listener))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new DaemonLink(http, socket);
    } catch (ExecutionException failed) {
      http.shutdownNow();
      throw refusal(address, failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException slow) {
      http.shutdownNow();
      throw new Fault(FaultCode.UPSTREAM, "The daemon at " + address + " does not answer.", slow);
    }
  }

  private static Fault refusal(URI address, Throwable cause) {
    return switch (cause) {
      case WebSocketHandshakeException handshake when handshake.getResponse().statusCode() == 401 ->
          new Fault(
              FaultCode.CREDENTIALS,
              "The daemon at " + address + " asks for a token: set auth.token in daemon.json.",
              cause);
      case WebSocketHandshakeException handshake ->
          new Fault(
              FaultCode.UPSTREAM,
              "The daemon at %s refused the connection with status %d."
                  .formatted(address, handshake.getResponse().statusCode()),
              cause);
      case ConnectException _ ->
          new Fault(FaultCode.UPSTREAM, "No daemon listens at " + address + ".", cause);
      default ->
          new Fault(
              FaultCode.UPSTREAM, "The connection to " + address + " failed: " + cause, cause);
    };
  }

  /// Sends one message.
  ///
  /// @throws Fault `UPSTREAM` when the link has ended
  public void send(JsonNode message) throws InterruptedException {
    sending.lockInterruptibly();
    try {
      socket.sendText(Json.write(message), true).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException ended) {
      throw new Fault(FaultCode.UPSTREAM, "The connection to the daemon has ended.", ended);
    } finally {
      sending.unlock();
    }
  }

  /// Says goodbye and closes; waits no longer than a second.
  @Override
  public void close() {
    CompletableFuture<WebSocket> goodbye = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    try {
      goodbye.get(GOODBYE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException alreadyEnded) {
      // The other side is gone: there is nobody to say goodbye to.
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
    socket.abort();
    http.shutdownNow();
  }
}
