package com.commaagents.runs.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Lets appends that come while the disk works share the next force. Thread-safe.
///
/// Who comes first begins a batch and writes it once the batch before is done; who comes in between
/// joins and waits. A lone writer waits for nobody and changes no thread.
///
/// Limits: a batch is closed at `maxBatchBytes`, [#MAX_BATCH_BYTES] usually, and the next one
/// begun; an entry has at most a quarter of that. Notes of runs that were settled take at most
/// another quarter; further ones are dropped, which costs nothing but work after a crash.
final class GroupCommit {
  static final int MAX_BATCH_BYTES = 4 << 20;

  // The run id and what else an entry and a batch have.
  private static final int MOST_BESIDE_LINES = 256;

  private final Durability durability;
  private final int maxBatchBytes;
  private final Object lock = new Object();
  private final List<JournalEntry> notes = new ArrayList<>();
  private @Nullable Batch open;
  private @Nullable Batch newest;
  private int noteBytes;

  GroupCommit(Durability durability, int maxBatchBytes) {
    this.durability = durability;
    this.maxBatchBytes = maxBatchBytes;
  }

  /// Whether lines are short enough for a batch.
  boolean takes(byte[] lines) {
    return lines.length <= maxBatchBytes / 4 - MOST_BESIDE_LINES;
  }

  /// Returns once an entry is on disk.
  ///
  /// @param file in which its lines stand already
  /// @throws IOException when the batch could not be written; it may or may not be on disk
  void commit(OpenTimeline file, JournalEntry entry) throws IOException {
    Batch batch;
    boolean first;
    synchronized (lock) {
      Batch joined = open;
      first = joined == null || joined.bytes + entry.size() > maxBatchBytes;
      batch = joined == null || first ? begin() : joined;
      batch.add(entry);
      batch.files.add(file);
    }
    if (first) {
      anyhow(batch.turn::await);
      lead(batch);
    } else {
      anyhow(batch.done::await);
    }
    batch.complain();
  }

  /// Notes that the file of a run is complete by itself, so that nobody brings it up to date later.
  void settled(JournalEntry note) {
    synchronized (lock) {
      if (open != null && open.bytes + note.size() <= maxBatchBytes) {
        open.add(note);
      } else if (open == null && noteBytes + note.size() <= maxBatchBytes / 4) {
        notes.add(note);
        noteBytes += note.size();
      }
    }
  }

  private Batch begin() {
    Batch before = newest;
    Batch batch = new Batch();
    if (before == null || before.finished) {
      batch.turn.countDown();
    } else {
      before.next = batch;
    }
    notes.forEach(batch::add);
    notes.clear();
    noteBytes = 0;
    open = batch;
    newest = batch;
    return batch;
  }

  private void lead(Batch batch) {
    synchronized (lock) {
      if (open == batch) {
        open = null;
      }
    }
    try {
      durability.write(batch.entries, batch.files);
      batch.failure = null;
    } catch (IOException refused) {
      batch.failure = refused;
    } finally {
      Batch next;
      synchronized (lock) {
        batch.finished = true;
        next = batch.next;
        batch.next = null;
      }
      // The disk first: it is what all wait for.
      if (next != null) {
        next.turn.countDown();
      }
      batch.done.countDown();
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

  private static final class Batch {
    final List<JournalEntry> entries = new ArrayList<>();
    final Set<OpenTimeline> files = new LinkedHashSet<>();
    final CountDownLatch turn = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(1);
    int bytes = JournalFormat.BATCH_HEADER_BYTES;
    // Under the lock.
    boolean finished;
    @Nullable Batch next;
    // Written by the leader before it lets the others go.
    @Nullable IOException failure = new IOException("the write was not finished");

    void add(JournalEntry entry) {
      entries.add(entry);
      bytes += entry.size();
    }

    void complain() throws IOException {
      IOException refused = failure;
      if (refused != null) {
        throw new IOException(Reasons.of(refused), refused);
      }
    }
  }
}
