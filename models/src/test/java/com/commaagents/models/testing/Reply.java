package com.commaagents.models.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One answer of a [SocketServer], piece by piece.
public final class Reply {
  private final Socket connection;
  private final InputStream in;
  private final OutputStream out;

  Reply(Socket connection, InputStream in) throws IOException {
    this.connection = connection;
    this.in = in;
    this.out = connection.getOutputStream();
  }

  /// A whole answer with a length.
  public void json(int status, String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    write(
        "HTTP/1.1 "
            + status
            + " Status\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n"
            + extra
            + "\r\n"
            + body);
  }

  /// The head of an event stream.
  public Reply stream() throws IOException {
    return stream("text/event-stream");
  }

  public Reply stream(String contentType) throws IOException {
    write(
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + contentType
            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    return this;
  }

  /// One piece of the stream, flushed.
  public Reply piece(byte[] bytes, int offset, int length) throws IOException {
    out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes, offset, length);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return this;
  }

  public Reply piece(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return piece(bytes, 0, bytes.length);
  }

  /// One event for each text.
  public Reply events(String... data) throws IOException {
    for (String event : data) {
      piece("data: " + event + "\n\n");
    }
    return this;
  }

  /// The stream's proper end.
  public void end() throws IOException {
    write("0\r\n\r\n");
  }

  /// Breaks the connection.
  public void cut() throws IOException {
    connection.close();
  }

  /// Returns when the client has closed the connection.
  public void awaitClientGone() throws IOException {
    try {
      while (in.read() >= 0) {
        // What a client says while it is being answered does not matter.
      }
    } catch (IOException reset) {
      connection.close();
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
