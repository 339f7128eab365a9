package com.commaagents.cli.testing;

import com.commaagents.base.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;

/// A daemon with a script for a heart: `/health`, a WebSocket, and what the test answers.
public final class FakeDaemon implements AutoCloseable {
  /// What the daemon does when a client says something.
  @FunctionalInterface
  public interface Behaviour {
    void on(JsonNode message, Connection connection) throws IOException;
  }

  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

  public FakeDaemon(int port, Behaviour behaviour) throws IOException {
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /// Everything that clients have said, in order.
  public BlockingQueue<JsonNode> received() {
    return received;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream input = new DataInputStream(socket.getInputStream());
      List<String> head = head(input);
      if (head.getFirst().startsWith("GET /health ")) {
        answerHealth(socket);
      } else {
        upgrade(socket, head);
        Connection connection = new Connection(socket.getOutputStream());
        connections.add(connection);
        read(input, connection);
      }
    } catch (IOException gone) {
      // The client went away.
    }
  }

  @SuppressWarnings("deprecation") // The head is ASCII.
  private static List<String> head(DataInputStream input) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = input.readLine();
    while (line != null && !line.isEmpty()) {
      lines.add(line);
      line = input.readLine();
    }
    return lines;
  }

  private static void answerHealth(Socket socket) throws IOException {
    String body =
        "{\"status\":\"ok\",\"uptime\":61000,\"activeRuns\":2,\"connectedClients\":1,"
            + "\"confinement\":{\"commands\":\"confined by a fence\"}}";
    socket
        .getOutputStream()
        .write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void upgrade(Socket socket, List<String> head) throws IOException {
    String key =
        head.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseThrow();
    socket
        .getOutputStream()
        .write(
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: "
                    + accept(key)
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // A client of these tests sends whole, small text frames.
  private void read(DataInputStream input, Connection connection) throws IOException {
    while (true) {
      int opcode = input.readUnsignedByte() & 0x0f;
      int length = input.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = input.readUnsignedShort();
      }
      byte[] mask = input.readNBytes(4);
      byte[] payload = input.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (opcode == 8) {
        return;
      }
      JsonNode message = Json.parse(payload).orElseThrow();
      received.add(message);
      behaviour.on(message, connection);
    }
  }

  /// One client.
  public static final class Connection {
    private final OutputStream output;

    Connection(OutputStream output) {
      this.output = output;
    }

    public void send(String json) throws IOException {
      frame(0x81, json.getBytes(StandardCharsets.UTF_8));
    }

    /// The message in two frames, cut after `bytes` of its UTF-8.
    public void sendInFragments(String json, int bytes) throws IOException {
      byte[] all = json.getBytes(StandardCharsets.UTF_8);
      frame(0x01, Arrays.copyOfRange(all, 0, bytes));
      frame(0x80, Arrays.copyOfRange(all, bytes, all.length));
    }

    public void close(int code) throws IOException {
      frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private synchronized void frame(int first, byte[] payload) throws IOException {
      output.write(first);
      if (payload.length < 126) {
        output.write(payload.length);
      } else if (payload.length < 1 << 16) {
        output.write(126);
        output.write(payload.length >> 8);
        output.write(payload.length & 0xff);
      } else {
        output.write(127);
        output.write(ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
      }
      output.write(payload);
      output.flush();
    }
  }

  @Override
  public void close() {
    try {
      for (Connection connection : connections) {
        connection.close(1001);
      }
    } catch (IOException gone) {
      // That client left before.
    }
    try {
      server.close();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
