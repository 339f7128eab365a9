package com.commaagents.runs.store;

import com.commaagents.base.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a timeline file as bytes, one after the other, with their offsets.
///
/// Limit: a line longer than `maxLineBytes` is passed over and comes out as too long.
public final class LineReader {
  /// As much as can be read as one JSON document.
  public static final int MAX_LINE_BYTES = Json.MAX_BYTES;

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long consumed;
  private boolean ended;

  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /// @param terminated whether a line end followed; only the last line of a torn file has none
  @SuppressWarnings("ArrayRecordComponent") // a value that is used once, never compared
  public record Line(long offset, long length, byte[] bytes, boolean terminated, boolean tooLong) {}

  /// The next line without its end; null after the last one.
  public @Nullable Line next() throws IOException {
    long offset = consumed;
    ByteArrayOutputStream collected = null;
    long length = 0;
    while (position < limit || fill()) {
      int end = indexOfLineEnd();
      int stop = end < 0 ? limit : end;
      int count = stop - position;
      length += count;
      if (end >= 0 && collected == null) {
        byte[] line = Arrays.copyOfRange(buffer, position, end);
        advanceTo(end + 1);
        return new Line(offset, length, line, true, length > maxLineBytes);
      }
      if (collected == null) {
        collected = new ByteArrayOutputStream();
      }
      if (length <= maxLineBytes) {
        collected.write(buffer, position, count);
      }
      advanceTo(end < 0 ? stop : end + 1);
      if (end >= 0) {
        return new Line(offset, length, collected.toByteArray(), true, length > maxLineBytes);
      }
    }
    return collected == null
        ? null
        : new Line(offset, length, collected.toByteArray(), false, length > maxLineBytes);
  }

  private boolean fill() throws IOException {
    // A file that grows while it is read ends where its end was first met: what comes behind a torn
    // tail is the rest of that line and must not be taken for a line of its own.
    limit = ended ? 0 : Math.max(0, in.read(buffer, 0, buffer.length));
    position = 0;
    ended = limit == 0;
    return !ended;
  }

  private int indexOfLineEnd() {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void advanceTo(int next) {
    consumed += next - position;
    position = next;
  }
}
