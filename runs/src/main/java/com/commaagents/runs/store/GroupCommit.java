package com.commaagents.runs.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets appends that come while the disk works share the next force. Thread-safe.
///
/// A lone writer waits for nobody: it writes its entry itself and changes no thread. Whoever comes
/// meanwhile waits in a list; as long as there is somebody a thread of its own takes all that wait
/// and writes them.
///
/// That thread is a virtual one like those it wakes: they stand in its own queue, and when it goes
/// to the end of it they come back with their next lines before it writes again. So a batch has the
/// lines of all who are busy, and nobody waits for a clock.
///
/// Limits: a batch has at most `maxBatchBytes`, [#MAX_BATCH_BYTES] usually, and an entry a quarter
/// of that. As many wait as there are logs that are open, each with one entry.
final class GroupCommit implements AutoCloseable {
  static final int MAX_BATCH_BYTES = 4 << 20;

  // The run id and what else an entry and a batch have.
  private static final int MOST_BESIDE_LINES = 256;

  private static final int TYPICAL_WAITING = 128;

  private final Durability durability;
  private final LateWriter late;
  private final int maxBatchBytes;
  private final AtomicReference<Line> newest = new AtomicReference<>(Standing.IDLE);
  private final Object lock = new Object();
  // Under the lock.
  private @Nullable Thread writer;
  private boolean handedOver;
  private boolean closed;

  GroupCommit(Durability durability, LateWriter late, int maxBatchBytes) {
    this.durability = durability;
    this.late = late;
    this.maxBatchBytes = maxBatchBytes;
  }

  /// Whether lines are short enough for a batch.
  boolean takes(byte[] lines) {
    return lines.length <= maxBatchBytes / 4 - MOST_BESIDE_LINES;
  }

  /// Returns once an entry is on disk.
  ///
  /// @param file that its lines are of
  /// @throws IOException when the batch could not be written; it may or may not be on disk
  void commit(OpenTimeline file, JournalEntry entry) throws IOException {
    Waiter own = new Waiter(file, entry);
    if (enter(own)) {
      try {
        write(List.of(own));
      } finally {
        leave();
      }
    } else {
      own.await();
    }
    if (own.failure != null) {
      throw new IOException(Reasons.of(own.failure), own.failure);
    }
  }

  /// Ends the writing thread; nobody is in [#commit] any more.
  @Override
  public void close() {
    Thread ending;
    synchronized (lock) {
      closed = true;
      ending = writer;
      lock.notifyAll();
    }
    if (ending != null) {
      anyhow(ending::join);
    }
  }

  /// @return true when the disk is the caller's; false when it waits for it
  private boolean enter(Waiter own) {
    while (true) {
      Line before = newest.get();
      if (before == Standing.IDLE) {
        if (newest.compareAndSet(before, Standing.WRITING)) {
          return true;
        }
      } else {
        own.earlier = before;
        if (newest.compareAndSet(before, own)) {
          return false;
        }
      }
    }
  }

  private void leave() {
    if (newest.compareAndSet(Standing.WRITING, Standing.IDLE)) {
      return;
    }
    synchronized (lock) {
      handedOver = true;
      if (writer == null) {
        writer = Thread.ofVirtual().name("timeline-writer").start(this::writeWaiting);
      } else {
        lock.notifyAll();
      }
    }
  }

  private void writeWaiting() {
    boolean orderly = false;
    try {
      while (awaitTurn()) {
        do {
          writeAll(takeWaiting());
          giveWay();
        } while (!newest.compareAndSet(Standing.WRITING, Standing.IDLE));
      }
      orderly = true;
    } finally {
      if (!orderly) {
        // A defect must not leave everybody waiting for ever.
        synchronized (lock) {
          writer = null;
        }
        leave();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // slower where it has no effect, and as right
  private static void giveWay() {
    Thread.yield();
  }

  private void writeAll(List<Waiter> waiting) {
    int from = 0;
    try {
      while (from < waiting.size()) {
        int end = endOfBatch(waiting, from);
        write(waiting.subList(from, end));
        from = end;
      }
    } finally {
      release(waiting.subList(from, waiting.size()), GroupCommit::unfinished);
    }
  }

  private boolean awaitTurn() {
    synchronized (lock) {
      while (!handedOver && !closed) {
        anyhow(lock::wait);
      }
      boolean mine = handedOver;
      handedOver = false;
      return mine;
    }
  }

  /// In the order in which they came.
  private List<Waiter> takeWaiting() {
    List<Waiter> waiting = new ArrayList<>(TYPICAL_WAITING);
    Line last = newest.getAndSet(Standing.WRITING);
    while (last instanceof Waiter waiter) {
      waiting.add(waiter);
      last = waiter.earlier;
    }
    return waiting.reversed();
  }

  private int endOfBatch(List<Waiter> waiting, int from) {
    long bytes = (long) JournalFormat.BATCH_HEADER_BYTES + waiting.get(from).entry.size();
    int end = from + 1;
    while (end < waiting.size()) {
      bytes += waiting.get(end).entry.size();
      if (bytes > maxBatchBytes) {
        break;
      }
      end++;
    }
    return end;
  }

  private void write(List<Waiter> batch) {
    List<JournalEntry> entries = new ArrayList<>(batch.size());
    List<OpenTimeline> files = new ArrayList<>(batch.size());
    for (Waiter each : batch) {
      entries.add(each.entry);
      files.add(each.file);
    }
    try {
      late.add(durability.write(entries, files, i -> batch.get(i).release(null)));
    } catch (IOException refused) {
      release(batch, () -> refused);
    } finally {
      release(batch, GroupCommit::unfinished);
    }
  }

  private static IOException unfinished() {
    return new IOException("the write was not finished");
  }

  /// Lets those go on who still wait.
  private static void release(List<Waiter> waiting, Supplier<IOException> failure) {
    for (Waiter each : waiting) {
      if (!each.released) {
        each.release(failure.get());
      }
    }
  }

  /// Something to wait for.
  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }

  /// Waits through interruptions: what is on its way to disk cannot be taken back.
  static void anyhow(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// How it stands, or who came last.
  private sealed interface Line {}

  private enum Standing implements Line {
    /// Nobody writes.
    IDLE,
    /// Somebody writes, and nobody waits.
    WRITING
  }

  private static final class Waiter implements Line {
    final OpenTimeline file;
    final JournalEntry entry;
    final Thread thread = Thread.currentThread();
    // Set before others see it.
    Line earlier = Standing.WRITING;
    @Nullable IOException failure;
    volatile boolean released;

    Waiter(OpenTimeline file, JournalEntry entry) {
      this.file = file;
      this.entry = entry;
    }

    void release(@Nullable IOException refusal) {
      failure = refusal;
      released = true;
      LockSupport.unpark(thread);
    }

    void await() {
      boolean interrupted = false;
      while (!released) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
    }
  }
}
