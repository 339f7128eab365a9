package com.commaagents.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// The part of a stream that is being looked at: it grows up to a limit, and moves to the front of
/// its array when it reaches the end. Not thread-safe.
final class Window {
  private static final int FIRST_BYTES = 16 << 10;

  private final ByteSource source;
  private final int maxBytes;
  private byte[] bytes;
  private int limit;
  private boolean ended;

  Window(ByteSource source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.bytes = new byte[Math.min(FIRST_BYTES, maxBytes)];
  }

  /// The array; another one after [#fill].
  byte[] bytes() {
    return bytes;
  }

  /// Where what has been read ends.
  int limit() {
    return limit;
  }

  /// Whether the last [#fill] found the stream's end in place of bytes.
  boolean ended() {
    return ended;
  }

  /// Reads on, and keeps what was read from `keepFrom` on.
  ///
  /// @return by how much everything has moved towards the front
  /// @throws EventTooLargeException when what is kept is as long as the limit
  int fill(int keepFrom) throws IOException, InterruptedException {
    int shift = limit == bytes.length ? makeRoom(keepFrom) : 0;
    int count = source.read(bytes, limit, bytes.length - limit);
    ended = count < 0;
    limit += Math.max(0, count);
    return shift;
  }

  private int makeRoom(int keepFrom) throws EventTooLargeException {
    if (keepFrom > 0) {
      System.arraycopy(bytes, keepFrom, bytes, 0, limit - keepFrom);
      limit -= keepFrom;
      return keepFrom;
    }
    if (bytes.length >= maxBytes) {
      throw new EventTooLargeException(maxBytes);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, maxBytes));
    return 0;
  }
}
