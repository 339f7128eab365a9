package com.commaagents.models.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP/1.1 server on a plain socket, so that a test decides every byte and when the connection
/// breaks.
public final class SocketServer implements AutoCloseable {
  private final ServerSocket socket;
  private volatile int port;
  private final Queue<Handler> handlers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// Answers one request.
  @FunctionalInterface
  public interface Handler {
    void answer(Reply reply) throws IOException, InterruptedException;
  }

  public record Request(String line, Map<String, String> headers, String body) {}

  public SocketServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = socket.getLocalPort();
    Thread.ofVirtual().name("socket-server").start(this::accept);
  }

  /// Answers the next request that has no handler yet.
  public SocketServer next(Handler handler) {
    handlers.add(handler);
    return this;
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  public List<Request> requests() {
    return requests;
  }

  public int connections() {
    return connections.get();
  }

  /// Lets its address be a port where nobody listens, and nobody else can begin to.
  public void refuseConnections() throws IOException {
    Socket deaf = new Socket();
    open.add(deaf);
    deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    port = deaf.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        connections.incrementAndGet();
        Thread.ofVirtual().name("socket-server-connection").start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        Request request = read(in);
        Handler handler = handlers.poll();
        requests.add(request);
        if (handler == null) {
          return;
        }
        handler.answer(new Reply(connection, in));
      }
    } catch (IOException | InterruptedException over) {
      // The client is gone, or the test is.
    }
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the client is gone");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
