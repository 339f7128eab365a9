package com.commaagents.engine.agent;

/// The border to the code of an added type: lets through only the thread that answers, and only
/// while it does, and remembers an interruption that the type may swallow.
final class WorkBorder {
  private final Thread owner = Thread.currentThread();
  private volatile boolean closed;
  private boolean interrupted;

  /// Something that the type asks for; an interruption ends it.
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  /// Does what the type asks for.
  ///
  /// @throws IllegalStateException on another thread, or when the type has answered
  <T> T pass(Work<T> work) throws InterruptedException {
    if (closed || !Thread.currentThread().equals(owner)) {
      throw new IllegalStateException(
          "an agent's work is done by the thread that answers, while it does");
    }
    requireGoingOn();
    try {
      return work.run();
    } catch (InterruptedException stopped) {
      interrupted = true;
      throw stopped;
    }
  }

  /// The type has answered, or failed; it can do nothing more.
  void close() {
    closed = true;
  }

  /// @throws InterruptedException when the run was stopped, whatever the type has made of that
  void requireGoingOn() throws InterruptedException {
    if (interrupted || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }
}
