package com.commaagents.cli.run;

import com.commaagents.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reads a line from the terminal when one is wanted, and only then, on a thread of its own.
final class TypedLines {
  private final Terminal terminal;
  private final Mailbox mailbox;
  private final Semaphore wanted = new Semaphore(0);

  private boolean started;

  TypedLines(Terminal terminal, Mailbox mailbox) {
    this.terminal = terminal;
    this.mailbox = mailbox;
  }

  /// Asks for one line more; called by one thread.
  void want() {
    if (!started) {
      started = true;
      // A platform thread: a read of the standard input cannot be interrupted and would hold a
      // carrier. A daemon thread: it must not keep the program alive.
      Thread.ofPlatform().daemon().name("typed-lines").start(this::read);
    }
    wanted.release();
  }

  private void read() {
    try {
      Optional<String> line;
      do {
        wanted.acquire();
        line = readLine();
        mailbox.typed(line);
      } while (line.isPresent());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> readLine() {
    try {
      return terminal.readLine();
    } catch (IOException closed) {
      return Optional.empty();
    }
  }
}
