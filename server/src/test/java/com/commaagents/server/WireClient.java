package com.commaagents.server;

import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.codec.ClientMessageEncoder;
import com.commaagents.protocol.message.ClientMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the daemon, on the JDK's WebSocket.
final class WireClient implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int EVERYTHING = Integer.MAX_VALUE;

  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private final WebSocket socket;
  private volatile @Nullable Integer closeCode;
  private volatile boolean broken;

  WireClient(HttpClient http, int port) {
    this(http, port, true);
  }

  private WireClient(HttpClient http, int port, boolean reads) {
    reading.set(reads);
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Listener())
            .join();
  }

  /// A client that asks for nothing from its socket until [#readOn].
  static WireClient stalled(HttpClient http, int port) {
    return new WireClient(http, port, false);
  }

  void readOn() {
    reading.set(true);
    socket.request(EVERYTHING);
  }

  void send(ClientMessage message) {
    sendText(new String(ClientMessageEncoder.encode(message), StandardCharsets.UTF_8));
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /// The next message that has not been read yet, as it came; waits for it.
  String nextText() throws InterruptedException {
    String next = unread.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing more came; closed with " + closeCode);
    }
    return next;
  }

  JsonNode next() throws InterruptedException {
    return Json.parse(nextText()).orElseThrow();
  }

  /// Reads on until a message of a type, and returns all that was read, as it came.
  List<String> textsUntil(String type) throws InterruptedException {
    List<String> read = new ArrayList<>();
    // The type is the first key of every message.
    String start = "{\"type\":\"" + type + "\"";
    do {
      read.add(nextText());
    } while (!read.getLast().startsWith(start));
    return read;
  }

  /// Reads on until a message of a type, and returns that.
  JsonNode next(String type) throws InterruptedException {
    return Json.parse(textsUntil(type).getLast()).orElseThrow();
  }

  /// Everything that has come and was not read, once the daemon has answered a ping: what was sent
  /// to this client before is among it.
  List<String> settle() throws InterruptedException {
    send(new ClientMessage.Ping(Optional.of("settle")));
    List<String> texts = textsUntil("pong");
    return texts.subList(0, texts.size() - 1);
  }

  /// The code the daemon closed with; empty when the connection broke.
  Optional<Integer> awaitEnd() {
    await().atMost(PATIENCE).until(() -> closeCode != null || broken);
    return Optional.ofNullable(closeCode);
  }

  /// Goes without a word.
  void drop() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      if (reading.get()) {
        opened.request(EVERYTHING);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        unread.add(message.toString());
        message.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closeCode = code;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      broken = true;
    }
  }
}
