package com.commaagents.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Reads the data of one server-sent event after another.
///
/// Lines may end in LF, CR or CR LF; an event is handed over at the first byte that ends it, so
/// nothing waits for the next one. Comments and the fields `event`, `id` and `retry` are skipped:
/// the providers say an event's type in its data. What follows the last blank line is no event.
///
/// The data is a slice of the reader's own buffer, as UTF-8; only data in several lines is copied.
///
/// Source: WHATWG HTML, "Server-sent events", parsing an event stream.
final class SseReader implements EventReader {
  private static final byte LINE_FEED = '\n';
  private static final byte CARRIAGE_RETURN = '\r';

  private final Window window;

  // The window's array, for speed.
  private byte[] buffer;
  private int eventStart;
  private int lineStart;
  private int scanned;
  private boolean lineFeedMayFollow;
  private boolean firstLine = true;

  private int dataLines;
  private int dataStart;
  private int dataLength;
  // Data of several lines; that of one line stays in the buffer.
  private byte[] joined = new byte[0];

  SseReader(ByteSource source) {
    this(source, MAX_EVENT_BYTES);
  }

  SseReader(ByteSource source, int maxEventBytes) {
    this.window = new Window(source, maxEventBytes);
    this.buffer = window.bytes();
  }

  @Override
  public boolean next() throws IOException, InterruptedException {
    dataLines = 0;
    startEvent();
    while (findLineEnd()) {
      int lineEnd = scanned - 1;
      if (lineEnd > lineStart) {
        takeLine(lineEnd);
      } else if (dataLines > 0) {
        return true;
      }
      lineStart = scanned;
      if (dataLines == 0) {
        eventStart = scanned;
      }
    }
    return false;
  }

  @Override
  public byte[] bytes() {
    return dataLines > 1 ? joined : buffer;
  }

  @Override
  public int offset() {
    return dataLines > 1 ? 0 : dataStart;
  }

  @Override
  public int length() {
    return dataLength;
  }

  private void startEvent() {
    eventStart = scanned;
    lineStart = scanned;
  }

  // Leaves `scanned` behind the byte that ends the line; false at the end of the stream.
  private boolean findLineEnd() throws IOException, InterruptedException {
    if (lineFeedMayFollow && !skipLineFeed()) {
      return false;
    }
    while (true) {
      byte[] bytes = buffer;
      int end = window.limit();
      for (int at = scanned; at < end; at++) {
        byte value = bytes[at];
        if (value == LINE_FEED || value == CARRIAGE_RETURN) {
          lineFeedMayFollow = value == CARRIAGE_RETURN;
          scanned = at + 1;
          return true;
        }
      }
      scanned = end;
      if (!fill()) {
        return false;
      }
    }
  }

  private boolean skipLineFeed() throws IOException, InterruptedException {
    if (scanned == window.limit() && !fill()) {
      return false;
    }
    lineFeedMayFollow = false;
    if (buffer[scanned] == LINE_FEED) {
      scanned++;
      lineStart++;
    }
    return true;
  }

  private boolean fill() throws IOException, InterruptedException {
    int shift = window.fill(eventStart);
    buffer = window.bytes();
    eventStart -= shift;
    lineStart -= shift;
    scanned -= shift;
    dataStart -= shift;
    return !window.ended();
  }

  private void takeLine(int lineEnd) {
    int from = lineStart;
    if (firstLine) {
      firstLine = false;
      from += byteOrderMark(lineEnd);
    }
    int length = lineEnd - from;
    boolean isData =
        length >= 4
            && buffer[from] == 'd'
            && buffer[from + 1] == 'a'
            && buffer[from + 2] == 't'
            && buffer[from + 3] == 'a'
            && (length == 4 || buffer[from + 4] == ':');
    if (isData) {
      int value = Math.min(from + 5, lineEnd);
      boolean spaced = value < lineEnd && buffer[value] == ' ';
      addData(spaced ? value + 1 : value, lineEnd);
    }
  }

  private int byteOrderMark(int lineEnd) {
    boolean marked =
        lineEnd - lineStart >= 3
            && buffer[lineStart] == (byte) 0xEF
            && buffer[lineStart + 1] == (byte) 0xBB
            && buffer[lineStart + 2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private void addData(int from, int to) {
    dataLines++;
    if (dataLines == 1) {
      dataStart = from;
      dataLength = to - from;
      return;
    }
    if (dataLines == 2) {
      joined = Arrays.copyOfRange(buffer, dataStart, dataStart + Math.max(dataLength, 64));
    }
    int needed = dataLength + 1 + to - from;
    if (needed > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(needed, 2 * joined.length));
    }
    joined[dataLength] = LINE_FEED;
    System.arraycopy(buffer, from, joined, dataLength + 1, to - from);
    dataLength = needed;
  }
}
