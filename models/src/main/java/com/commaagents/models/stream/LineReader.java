package com.commaagents.models.stream;

import java.io.IOException;

/// Reads one line after another that is not blank, as newline-delimited JSON has them. What follows
/// the last line feed is an event too.
///
/// Source: the NDJSON specification; Ollama streams so.
final class LineReader implements EventReader {
  private final Window window;
  private int start;
  private int scanned;
  private int end;

  LineReader(ByteSource source) {
    this(source, MAX_EVENT_BYTES);
  }

  LineReader(ByteSource source, int maxEventBytes) {
    this.window = new Window(source, maxEventBytes);
  }

  @Override
  public boolean next() throws IOException, InterruptedException {
    while (!window.ended()) {
      start = scanned;
      end = lineEnd();
      if (!isBlank()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] bytes() {
    return window.bytes();
  }

  @Override
  public int offset() {
    return start;
  }

  @Override
  public int length() {
    return end - start;
  }

  // Leaves `scanned` behind the line feed.
  private int lineEnd() throws IOException, InterruptedException {
    while (true) {
      byte[] bytes = window.bytes();
      for (; scanned < window.limit(); scanned++) {
        if (bytes[scanned] == '\n') {
          return scanned++;
        }
      }
      int shift = window.fill(start);
      start -= shift;
      scanned -= shift;
      if (window.ended()) {
        return scanned;
      }
    }
  }

  private boolean isBlank() {
    for (int at = start; at < end; at++) {
      if (window.bytes()[at] > ' ' || window.bytes()[at] < 0) {
        return false;
      }
    }
    return true;
  }
}
