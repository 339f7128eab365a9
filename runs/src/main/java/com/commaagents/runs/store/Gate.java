package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/// Lets appends into a store until it is closed; closing waits for those that are inside, so that
/// nothing is written after the store was given up. Thread-safe.
final class Gate {
  // Keeps nothing for each thread, unlike the reentrant one: threads are many and short-lived.
  private final ReadWriteLock lock = new StampedLock().asReadWriteLock();
  private boolean closed;

  /// A log whose appends pass this gate.
  TimelineLog guard(TimelineLog log) {
    return new TimelineLog() {
      @Override
      public void append(List<TimelineEntry> entries) {
        pass(() -> log.append(entries));
      }

      @Override
      public void close() {
        log.close();
      }
    };
  }

  /// Does something to the store unless it is closed.
  ///
  /// @throws Fault `SHUTTING_DOWN` when it is
  void pass(Runnable change) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new Fault(FaultCode.SHUTTING_DOWN, "The run store is closed.");
      }
      change.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  void close() {
    lock.writeLock().lock();
    try {
      closed = true;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
