package com.commaagents.models.http;

import com.commaagents.models.stream.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// An answer whose headers have arrived; its body is still coming. For one thread.
public final class HttpAnswer implements AutoCloseable {
  /// What is read of an error's body; the rest is dropped.
  public static final int MAX_ERROR_BYTES = 64 << 10;

  private final int status;
  private final HttpHeaders headers;
  private final StreamedBody body;

  HttpAnswer(int status, HttpHeaders headers, StreamedBody body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /// The first value of a header; empty text where it is absent.
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public ByteSource body() {
    return body;
  }

  /// Reads a short body as text, up to [#MAX_ERROR_BYTES]. A body that breaks off gives what came.
  public String text() throws InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] piece = new byte[8 << 10];
    try {
      while (text.size() < MAX_ERROR_BYTES) {
        int count = body.read(piece, 0, Math.min(piece.length, MAX_ERROR_BYTES - text.size()));
        if (count < 0) {
          break;
        }
        text.write(piece, 0, count);
      }
    } catch (IOException brokenOff) {
      // The status and what came of the message are worth more than how the message ended.
      return text.toString(StandardCharsets.UTF_8);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /// Lets the connection be used again when the body ends within `patience`; else [#close] cuts it.
  void drain(Duration patience) throws InterruptedException {
    try {
      body.drain(patience);
    } catch (IOException brokenOff) {
      // The answer was complete; a connection that is gone is just not used again.
      body.close();
    }
  }

  /// Closes the connection unless the body was read to its end.
  @Override
  public void close() {
    body.close();
  }
}
