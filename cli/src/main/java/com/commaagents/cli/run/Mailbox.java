package com.commaagents.cli.run;

import com.commaagents.cli.client.DaemonLink;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Where all that happens comes together, in order. Full, it lets the senders wait: the daemon's
/// messages then stay in the socket. Thread-safe.
final class Mailbox {
  static final int CAPACITY = 1_000;

  private final BlockingQueue<Happening> queue = new LinkedBlockingQueue<>(CAPACITY);

  /// Where one of the session's connections says what comes over it.
  ///
  /// @param link tells it from those before
  DaemonLink.Listener listener(int link) {
    return new DaemonLink.Listener() {
      @Override
      public void said(JsonNode message) throws InterruptedException {
        queue.put(new Happening.Said(link, message));
      }

      @Override
      public void ended(String reason) throws InterruptedException {
        queue.put(new Happening.LinkEnded(link, reason));
      }
    };
  }

  void typed(Optional<String> line) throws InterruptedException {
    queue.put(new Happening.Typed(line));
  }

  void interrupted() throws InterruptedException {
    queue.put(new Happening.Interrupted());
  }

  Happening take() throws InterruptedException {
    return queue.take();
  }

  /// As [#take], but empty when nothing happens for so long.
  Optional<Happening> poll(long millis) throws InterruptedException {
    return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
  }
}
