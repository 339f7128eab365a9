package com.commaagents.runs.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue with one taker that can be closed: from then on nothing goes in, and whoever
/// waits for room goes on.
///
/// Limit: [#CAPACITY]; beyond it a sender waits, which slows the reading of a model's answer down
/// and nobody else. What is only offered is left out from half of it on, so that nobody waits for
/// its sake. Thread-safe.
final class Mailbox {
  static final int CAPACITY = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final ArrayDeque<Mail> queue = new ArrayDeque<>();
  private boolean closed;

  /// @return whether it will be taken; false once the box is closed
  boolean put(Mail mail) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && queue.size() >= CAPACITY) {
        notFull.await();
      }
      if (closed) {
        return false;
      }
      add(mail);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Puts in what may be left out, unless much waits already. Never waits.
  void offer(Mail mail) {
    lock.lock();
    try {
      if (!closed && queue.size() < CAPACITY / 2) {
        add(mail);
      }
    } finally {
      lock.unlock();
    }
  }

  /// All that is there, oldest first; waits for the first.
  List<Mail> takeAll() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        notEmpty.await();
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing any more; returns what was left.
  List<Mail> close() {
    lock.lock();
    try {
      closed = true;
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private void add(Mail mail) {
    queue.add(mail);
    if (queue.size() == 1) {
      notEmpty.signal();
    }
  }

  private List<Mail> drain() {
    List<Mail> all = new ArrayList<>(queue);
    queue.clear();
    notFull.signalAll();
    return all;
  }
}
