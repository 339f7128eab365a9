package com.commaagents.mcp.connection;

import java.nio.charset.StandardCharsets;

/// The last bytes a program wrote to its error stream. Thread-safe.
///
/// Limit: [#MAX_BYTES] are held; older ones are forgotten.
final class Tail {
  static final int MAX_BYTES = 2_048;

  private final byte[] ring = new byte[MAX_BYTES];
  private long written;

  synchronized void add(byte[] bytes, int count) {
    for (int i = Math.max(0, count - MAX_BYTES); i < count; i++) {
      ring[(int) ((written + i) % MAX_BYTES)] = bytes[i];
    }
    written += count;
  }

  synchronized String text() {
    int held = (int) Math.min(written, MAX_BYTES);
    byte[] last = new byte[held];
    for (int i = 0; i < held; i++) {
      last[i] = ring[(int) ((written - held + i) % MAX_BYTES)];
    }
    return new String(last, StandardCharsets.UTF_8).strip();
  }
}
