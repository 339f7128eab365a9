package com.commaagents.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What a client said and its listener has not taken yet, in order.
///
/// Limits: at [#MAX_MESSAGES] or [#MAX_BYTES] it is full and its connection stops reading; it takes
/// what was already read all the same, at most one socket read of 64 KiB or one message. At half of
/// both reading goes on.
///
/// Filled by an event loop, emptied by the connection's virtual thread.
final class Mailbox {
  static final int MAX_MESSAGES = 64;
  static final int MAX_BYTES = 1 << 20;

  private final Runnable readAgain;
  private final Deque<byte[]> messages = new ArrayDeque<>();
  private long bytes;
  private boolean full;
  private boolean ended;

  /// @param readAgain called, on the taker's thread, when a full mailbox has room again
  Mailbox(Runnable readAgain) {
    this.readAgain = readAgain;
  }

  /// Never waits. True when the mailbox is full from now on.
  synchronized boolean add(byte[] message) {
    if (ended) {
      return false;
    }
    messages.add(message);
    bytes += message.length;
    boolean filled = !full && (messages.size() >= MAX_MESSAGES || bytes >= MAX_BYTES);
    full |= filled;
    notifyAll();
    return filled;
  }

  /// Nothing follows what was added.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /// Nothing follows, and what was not taken is dropped.
  synchronized void drop() {
    messages.clear();
    bytes = 0;
    end();
  }

  /// The next message, waiting for it; empty at the end.
  Optional<byte[]> take() throws InterruptedException {
    boolean hasRoomAgain;
    byte[] message;
    synchronized (this) {
      while (messages.isEmpty() && !ended) {
        wait();
      }
      if (messages.isEmpty()) {
        return Optional.empty();
      }
      message = messages.remove();
      bytes -= message.length;
      hasRoomAgain = full && messages.size() <= MAX_MESSAGES / 2 && bytes <= MAX_BYTES / 2;
      full &= !hasRoomAgain;
    }
    if (hasRoomAgain) {
      readAgain.run();
    }
    return Optional.of(message);
  }
}
