package com.commaagents.tools.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What one stream of a command says: its beginning is kept, the rest read and thrown away, so that
/// the command never waits for a reader. Never blocks; used by one thread.
///
/// Limit: [#MAX_BYTES] are kept.
final class OutputCapture {
  static final int MAX_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 64 << 10;
  // The longest last line of the watcher: a newline, the token, a blank, the code, a newline.
  private static final int TAIL_BYTES = 160;

  private final InputStream stream;
  private final byte[] mark;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private byte[] tail = new byte[0];
  private long total;
  private Optional<String> status = Optional.empty();

  /// @param token stands before the status at the end of the stream
  OutputCapture(InputStream stream, String token) {
    this.stream = stream;
    mark = ("\n" + token + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /// Takes what is there now.
  ///
  /// @return whether there was anything
  boolean drain() throws IOException {
    if (status.isPresent()) {
      return false;
    }
    int waiting = stream.available();
    if (waiting <= 0) {
      return false;
    }
    int read = stream.read(buffer, 0, Math.min(waiting, buffer.length));
    if (read <= 0) {
      return false;
    }
    kept.write(buffer, 0, Math.clamp(MAX_BYTES - (long) kept.size(), 0, read));
    total += read;
    lookForStatus(read);
    return true;
  }

  private void lookForStatus(int read) {
    byte[] window = Arrays.copyOf(tail, tail.length + read);
    System.arraycopy(buffer, 0, window, tail.length, read);
    int at = indexOf(window, mark);
    int end = at < 0 ? -1 : indexOf(window, '\n', at + mark.length);
    if (end >= 0) {
      status =
          Optional.of(
              new String(
                  window, at + mark.length, end - at - mark.length, StandardCharsets.US_ASCII));
      total -= window.length - at;
    }
    tail = Arrays.copyOfRange(window, Math.max(0, window.length - TAIL_BYTES), window.length);
  }

  private static int indexOf(byte[] window, byte[] mark) {
    for (int i = 0; i + mark.length <= window.length; i++) {
      if (window[i] == mark[0] && Arrays.equals(window, i, i + mark.length, mark, 0, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(byte[] window, char wanted, int from) {
    for (int i = from; i < window.length; i++) {
      if (window[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// What stands behind the token; empty as long as it has not come.
  Optional<String> status() {
    return status;
  }

  /// What was kept, without the status.
  CommandResult.Output output() {
    byte[] bytes = kept.toByteArray();
    int length = (int) Math.min(bytes.length, total);
    return new CommandResult.Output(
        new String(bytes, 0, length, StandardCharsets.UTF_8), total > MAX_BYTES);
  }
}
