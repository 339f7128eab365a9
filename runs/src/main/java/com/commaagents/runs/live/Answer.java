package com.commaagents.runs.live;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A value that one thread waits for and others offer; the first one counts. Thread-safe.
final class Answer<T> {
  private final CountDownLatch given = new CountDownLatch(1);
  private @Nullable T value;

  /// @return whether this was the first
  synchronized boolean give(T offered) {
    if (value != null) {
      return false;
    }
    value = offered;
    given.countDown();
    return true;
  }

  T await() throws InterruptedException {
    given.await();
    synchronized (this) {
      if (value == null) {
        throw new IllegalStateException("opened without a value");
      }
      return value;
    }
  }
}
