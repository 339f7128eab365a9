package com.commaagents.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// The few answers of this server, as bytes.
final class HttpAnswer {
  // Source: RFC 6455 §1.3.
  private static final String WEB_SOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final HttpStatus status;
  private final String contentType;
  private final byte[] body;

  private HttpAnswer(HttpStatus status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  static HttpAnswer json(byte[] body) {
    return new HttpAnswer(HttpStatus.OK, "application/json", body);
  }

  static HttpAnswer text(HttpStatus status, String text) {
    return new HttpAnswer(
        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param withBody false for the answer to a HEAD request, where the body is only counted
  ByteBuf encoded(ByteBufAllocator allocator, boolean keepAlive, boolean withBody) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status.code()).append(' ').append(status.phrase());
    head.append("\r\nContent-Type: ").append(contentType);
    head.append("\r\nContent-Length: ").append(body.length);
    head.append("\r\nCache-Control: no-store");
    head.append("\r\nConnection: ").append(keepAlive ? "keep-alive" : "close");
    if (status == HttpStatus.UNAUTHORIZED) {
      head.append("\r\nWWW-Authenticate: Bearer");
    }
    if (status == HttpStatus.UPGRADE_REQUIRED) {
      head.append("\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
    }
    head.append("\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuf answer = allocator.directBuffer(headBytes.length + body.length).writeBytes(headBytes);
    return withBody ? answer.writeBytes(body) : answer;
  }

  /// The answer that turns an HTTP connection into a WebSocket.
  static byte[] upgrade(String key, Optional<String> subprotocol) {
    return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade"
            + "\r\nSec-WebSocket-Accept: "
            + accept(key)
            + subprotocol.map(name -> "\r\nSec-WebSocket-Protocol: " + name).orElse("")
            + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String accept(String key) {
    try {
      byte[] input = (key + WEB_SOCKET_GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(input));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
