package com.commaagents.server.http;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a free port whose listeners write down what they hear, and echo it when asked to.
final class TestServer implements AutoCloseable {
  static final String DETAILS = "{\"status\":\"ok\",\"uptime\":1}";
  static final String SUMMARY = "{\"status\":\"ok\"}";
  static final HttpLimits LIMITS =
      new HttpLimits(
          1000, 8 << 20, 2000, HttpLimits.DEFAULT.pingInterval(), Duration.ofSeconds(10));

  final LinkedBlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  TestServer() throws InterruptedException {
    this(LIMITS);
  }

  TestServer(HttpLimits limits) throws InterruptedException {
    this(new HttpSettings("127.0.0.1", 0, Set.of(), Optional.empty(), limits));
  }

  TestServer(HttpSettings settings) throws InterruptedException {
    server = HttpServer.start(settings, this::connected, new FixedHealth());
  }

  private WebSocketListener connected(Connection connection) {
    Peer peer = new Peer(connection);
    peers.add(peer);
    return peer;
  }

  int port() {
    return server.port();
  }

  /// The server's side of the connection that came next.
  Peer nextPeer() throws InterruptedException {
    Peer peer = peers.poll(20, TimeUnit.SECONDS);
    if (peer == null) {
      throw new IllegalStateException("nobody connected");
    }
    return peer;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while closing", interrupted);
    }
  }

  /// Echoes `echo:X` as X, throws at `throw`, waits for [#letGo] at `wait`, keeps everything.
  static final class Peer implements WebSocketListener {
    final Connection connection;
    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger count = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final java.util.concurrent.CountDownLatch gate =
        new java.util.concurrent.CountDownLatch(1);

    Peer(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void text(byte[] utf8) throws InterruptedException {
      count.incrementAndGet();
      if (utf8.length > 2000) {
        return;
      }
      String text = new String(utf8, StandardCharsets.UTF_8);
      heard.add(text);
      if (text.startsWith("echo:")) {
        connection.send(message(text.substring("echo:".length())));
      } else if (text.equals("throw")) {
        throw new IllegalStateException("as the test asked");
      } else if (text.equals("wait")) {
        gate.await();
      }
    }

    void letGo() {
      gate.countDown();
    }

    @Override
    public void closed() {
      closed.incrementAndGet();
    }

    void awaitClosed() {
      await().atMost(Duration.ofSeconds(20)).until(() -> closed.get() > 0);
    }

    void awaitHeard(String... texts) {
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.equals(List.of(texts)));
    }
  }

  static Outgoing message(String text) {
    return Outgoing.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class FixedHealth implements HealthSource {
    @Override
    public byte[] details() {
      return DETAILS.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] summary() {
      return SUMMARY.getBytes(StandardCharsets.UTF_8);
    }
  }
}
