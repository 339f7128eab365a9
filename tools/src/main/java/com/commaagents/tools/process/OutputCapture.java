package com.commaagents.tools.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What one stream of a command says: its beginning is kept, the rest read and thrown away, so that
/// the command never waits for a reader; what is kept is told as it comes. Never blocks; used by
/// one thread.
///
/// Limit: [#MAX_BYTES] are kept.
final class OutputCapture {
  static final int MAX_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 64 << 10;
  // The longest last line of the watcher: a newline, the token, a blank, the code, a newline.
  private static final int TAIL_BYTES = 160;

  private final InputStream stream;
  private final LiveText live;
  private final byte[] mark;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private byte[] tail = new byte[0];
  private long total;
  private long told;
  private Optional<String> status = Optional.empty();

  /// @param token stands before the status at the end of the stream
  /// @param live is told what is kept
  OutputCapture(InputStream stream, String token, LiveText live) {
    this.stream = stream;
    this.live = live;
    mark = ("\n" + token + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /// Takes what is there now.
  ///
  /// @return whether there was anything
  boolean drain() throws IOException {
    live.tellIfDue();
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
    byte[] window = Arrays.copyOf(tail, tail.length + read);
    System.arraycopy(buffer, 0, window, tail.length, read);
    long windowStart = total - window.length;
    lookForStatus(window);
    tell(window, windowStart, read == waiting);
    return true;
  }

  // The watcher writes its line at once: only where more waits can a part of it have been read.
  private void tell(byte[] window, long windowStart, boolean all) {
    long end = all || status.isPresent() ? total : total - beginningOfLine(window);
    int length = (int) Math.max(0, Math.min(end, MAX_BYTES) - told);
    if (length > 0) {
      live.add(window, (int) (told - windowStart), length);
      live.tellIfDue();
      told += length;
    }
  }

  // How many bytes at the end may be the beginning of the watcher's line.
  private int beginningOfLine(byte[] window) {
    int at = indexOf(window, mark);
    if (at >= 0) {
      return window.length - at;
    }
    for (int length = Math.min(mark.length - 1, window.length); length > 0; length--) {
      int from = window.length - length;
      if (Arrays.equals(window, from, window.length, mark, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private void lookForStatus(byte[] window) {
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

  /// What was kept, without the status; nothing more is read.
  CommandResult.Output output() {
    byte[] bytes = kept.toByteArray();
    int length = (int) Math.min(bytes.length, total);
    live.add(bytes, (int) told, Math.max(0, length - (int) told));
    live.end();
    return new CommandResult.Output(
        new String(bytes, 0, length, StandardCharsets.UTF_8), total > MAX_BYTES);
  }
}
