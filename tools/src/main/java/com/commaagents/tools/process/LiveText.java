package com.commaagents.tools.process;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.tool.LiveOutput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What one stream of a command says, told as it comes: the first bytes at once, then what gathers
/// in [#PAUSE], or [#MAX_PIECE_BYTES] when they come faster. A character whose bytes come apart is
/// told whole; bytes that are no UTF-8 are replaced, as in the result. Used by one thread.
final class LiveText {
  static final Duration PAUSE = Duration.ofMillis(50);
  static final int MAX_PIECE_BYTES = 8 << 10;

  private final ToolOutput.Stream stream;
  private final LiveOutput live;
  private final Clock clock;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer waiting = ByteBuffer.allocate(MAX_PIECE_BYTES);
  private final CharBuffer decoded = CharBuffer.allocate(MAX_PIECE_BYTES + 8);
  private long dueNanos;

  LiveText(ToolOutput.Stream stream, LiveOutput live, Clock clock) {
    this.stream = stream;
    this.live = live;
    this.clock = clock;
    dueNanos = clock.nanos();
  }

  void add(byte[] bytes, int from, int length) {
    int at = from;
    while (at < from + length) {
      int taken = Math.min(waiting.remaining(), from + length - at);
      waiting.put(bytes, at, taken);
      at += taken;
      if (!waiting.hasRemaining()) {
        tell(false);
      }
    }
  }

  /// Tells what waits, if it is time.
  void tellIfDue() {
    if (waiting.position() > 0 && clock.nanos() - dueNanos >= 0) {
      tell(false);
    }
  }

  /// Tells the rest; nothing more comes.
  void end() {
    tell(true);
  }

  private void tell(boolean last) {
    waiting.flip();
    decoder.decode(waiting, decoded, last);
    if (last) {
      decoder.flush(decoded);
    }
    waiting.compact();
    decoded.flip();
    if (decoded.hasRemaining()) {
      live.tell(stream, decoded.toString());
      dueNanos = clock.nanos() + PAUSE.toNanos();
    }
    decoded.clear();
  }
}
