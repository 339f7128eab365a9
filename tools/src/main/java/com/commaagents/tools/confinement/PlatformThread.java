package com.commaagents.tools.confinement;

import java.io.IOException;
import java.util.Optional;

/// Does one thing on a platform thread of its own and waits for it, whatever interrupts: what is
/// done there is short, and a process that nobody knows would be lost.
final class PlatformThread {
  @FunctionalInterface
  interface Work<T> {
    T get() throws IOException;
  }

  // Written by the thread before it ends, read after that.
  private static final class Outcome<T> {
    private Optional<T> value = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    void take(Work<T> work) {
      try {
        value = Optional.of(work.get());
      } catch (IOException failed) {
        failure = Optional.of(failed);
      }
    }
  }

  private PlatformThread() {}

  /// @throws IOException what the work throws
  static <T> T run(String name, Work<T> work) throws IOException {
    Outcome<T> outcome = new Outcome<>();
    Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> outcome.take(work));
    join(thread);
    if (outcome.failure.isPresent()) {
      throw outcome.failure.get();
    }
    return outcome.value.orElseThrow(() -> new IllegalStateException(name + " has failed"));
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
