package com.commaagents.server.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.server.http.Connection;
import com.commaagents.server.http.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A connection whose client takes everything at once.
public final class FakeConnection implements Connection {
  private static final long PATIENCE_SECONDS = 30;

  private final List<Outgoing> sent = new ArrayList<>();
  private final BlockingQueue<JsonNode> unread = new LinkedBlockingQueue<>();
  private boolean open = true;

  @Override
  public synchronized void send(Outgoing message) {
    if (open) {
      sent.add(message);
      unread.add(Json.parse(message.utf8()).orElseThrow());
    }
  }

  @Override
  public synchronized void close(int code, String reason) {
    open = false;
  }

  @Override
  public synchronized boolean isOpen() {
    return open;
  }

  /// Everything that was sent, in order.
  public synchronized List<Outgoing> sent() {
    return List.copyOf(sent);
  }

  /// The texts of everything that was sent, in order.
  public List<String> texts() {
    return sent().stream()
        .map(outgoing -> new String(outgoing.utf8(), StandardCharsets.UTF_8))
        .toList();
  }

  /// The next message that has not been read yet; waits for it.
  public JsonNode next() throws InterruptedException {
    JsonNode next = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing more was sent");
    }
    return next;
  }

  /// Reads on until a message of a type.
  public JsonNode next(String type) throws InterruptedException {
    JsonNode next = next();
    while (!type.equals(next.path("type").stringValue(""))) {
      next = next();
    }
    return next;
  }

  /// What was sent and has not been read yet.
  public List<JsonNode> rest() {
    List<JsonNode> rest = new ArrayList<>();
    unread.drainTo(rest);
    return rest;
  }

  @Override
  public void awaitRoom() {}
}
