package com.commaagents.models.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Reads Amazon's binary event streams.
///
/// A frame's payload does not say what it is: its headers do. An event is handed over as the union
/// that the API reference describes, `{"contentBlockDelta": {…}}`; an exception likewise under its
/// own name.
///
/// Source: "Amazon event stream encoding" of the Smithy specification; frames are checked and read
/// by Amazon's own library.
final class AwsEventReader implements EventReader {
  // Both lengths and their checksum, and the checksum at the end.
  private static final int PRELUDE_BYTES = 12;
  private static final int LEAST_BYTES = 16;

  private static final byte[] NO_PAYLOAD = {'{', '}'};

  private final Window window;
  private final int maxEventBytes;
  private int start;
  private byte[] event = new byte[0];

  AwsEventReader(ByteSource source) {
    this(source, MAX_EVENT_BYTES);
  }

  AwsEventReader(ByteSource source, int maxEventBytes) {
    this.window = new Window(source, maxEventBytes);
    this.maxEventBytes = maxEventBytes;
  }

  @Override
  public boolean next() throws IOException, InterruptedException {
    if (!has(PRELUDE_BYTES)) {
      return false;
    }
    int length = ByteBuffer.wrap(window.bytes(), start, Integer.BYTES).getInt();
    if (length < LEAST_BYTES) {
      throw damaged();
    }
    if (length > maxEventBytes) {
      throw new EventTooLargeException(maxEventBytes);
    }
    if (!has(length)) {
      throw new IOException("the connection was closed within an event");
    }
    event = read(ByteBuffer.wrap(window.bytes(), start, length).slice());
    start += length;
    return true;
  }

  @Override
  public byte[] bytes() {
    return event;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return event.length;
  }

  // False only at a clean end.
  private boolean has(int count) throws IOException, InterruptedException {
    while (window.limit() - start < count) {
      start -= window.fill(start);
      if (window.ended()) {
        if (window.limit() > start) {
          throw new IOException("the connection was closed within an event");
        }
        return false;
      }
    }
    return true;
  }

  // What the library throws at a wrong checksum, and at headers that are none.
  private static byte[] read(ByteBuffer frame) throws IOException {
    try {
      return union(Message.decode(frame));
    } catch (IllegalArgumentException
        | IllegalStateException
        | BufferUnderflowException
        | IndexOutOfBoundsException damage) {
      throw damaged();
    }
  }

  private static byte[] union(Message message) throws IOException {
    String name =
        switch (header(message, ":message-type")) {
          case "event" -> header(message, ":event-type");
          case "exception" -> header(message, ":exception-type");
          case "error" -> header(message, ":error-code");
          default -> throw damaged();
        };
    if (!name.matches("\\w+")) {
      throw damaged();
    }
    ByteArrayOutputStream union = new ByteArrayOutputStream();
    union.writeBytes(("{\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
    byte[] payload = message.getPayload();
    union.writeBytes(payload.length == 0 ? NO_PAYLOAD : payload);
    union.write('}');
    return union.toByteArray();
  }

  private static String header(Message message, String name) {
    HeaderValue value = message.getHeaders().get(name);
    return value == null ? "" : value.getString();
  }

  private static IOException damaged() {
    return new IOException("an event of its stream is damaged");
  }
}
