package com.commaagents.mcp.connection;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads messages of which each is a line. Used by one thread.
///
/// Limit: a line of more than [#MAX_LINE_BYTES] ends the reading with an error.
final class LineReader {
  static final int MAX_LINE_BYTES = 8 << 20;

  private final InputStream in;

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in, 16 << 10);
  }

  /// The next line without its end; empty at the end of the stream.
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int next = in.read(); next != -1; next = in.read()) {
      if (next == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("it sent a message of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(next);
    }
    return Optional.empty();
  }
}
