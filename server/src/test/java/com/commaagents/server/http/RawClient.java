package com.commaagents.server.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that can break every rule: bytes in, bytes out, on a plain socket.
final class RawClient implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int READ_LIMIT_MILLIS = 20_000;
  private static final byte[] MASK = {0x11, (byte) 0xA2, 0x33, (byte) 0xF4};

  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /// @param receiveBufferBytes of the socket; 0 leaves it to the system
  RawClient(int port, int receiveBufferBytes) throws IOException {
    socket = new Socket();
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  /// A client whose upgrade was accepted.
  static RawClient upgraded(int port) throws IOException {
    return upgraded(port, 0);
  }

  static RawClient upgraded(int port, int receiveBufferBytes) throws IOException {
    RawClient client = new RawClient(port, receiveBufferBytes);
    client.write(handshake("Host: localhost:" + port));
    Reply reply = client.readReply();
    if (reply.status() != 101) {
      throw new IllegalStateException("no upgrade: " + reply);
    }
    return client;
  }

  static String handshake(String... headers) {
    return "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  /// An HTTP answer; header names in lower case.
  record Reply(int status, Map<String, String> headers, String body) {}

  /// A frame; the payload as Latin-1 text, so that values compare.
  record Frame(int opcode, boolean last, String payload) {
    static Frame text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return new Frame(TEXT, true, new String(utf8, StandardCharsets.ISO_8859_1));
    }

    int closeCode() {
      if (opcode != CLOSE) {
        throw new IllegalStateException("not a close frame: " + this);
      }
      return payload.isEmpty() ? 1005 : payload.charAt(0) << 8 | payload.charAt(1);
    }

    String text() {
      return new String(payload.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void text(String text) throws IOException {
    write(frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] frame(int opcode, boolean last, byte[] payload) {
    return frame((last ? 0x80 : 0) | opcode, payload.length, payload);
  }

  /// A masked frame with any first byte and announced length.
  static byte[] frame(int firstByte, long announced, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) firstByte);
    if (announced <= 125) {
      frame.put((byte) (0x80 | announced));
    } else if (announced <= 0xFFFF) {
      frame.put((byte) (0x80 | 126)).putShort((short) announced);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(announced);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  static byte[] closePayload(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
  }

  Reply readReply() throws IOException {
    String[] start = readLine().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    in.readFully(body);
    return new Reply(Integer.parseInt(start[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  /// An answer without the body its length counts.
  int readStatusOfHead() throws IOException {
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    while (!readLine().isEmpty()) {
      // Headers of no interest.
    }
    return status;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  Frame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new Frame(
        first & 0x7F, (first & 0x80) != 0, new String(payload, StandardCharsets.ISO_8859_1));
  }

  /// Reads frames up to the close frame and returns that.
  Frame readClose() throws IOException {
    Frame frame = readFrame();
    while (frame.opcode() != CLOSE) {
      frame = readFrame();
    }
    return frame;
  }

  /// Reads all that still comes; true when the end was orderly, false when it was a reset.
  boolean readsEnd() throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (EOFException end) {
      return true;
    } catch (SocketException reset) {
      return false;
    }
  }

  /// Says that nothing more will be sent.
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void setReadLimit(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
