package com.commaagents.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one client, in order, bounded in bytes.
///
/// It has two parts: `settled`, the older one, has been looked through for messages to merge,
/// `fresh` has not. When [#MERGE_AT_BYTES] are fresh, or too much waits, the thread that added the
/// last message takes the fresh part out, merges it with nothing locked and appends the result to
/// the settled part. So each message is looked at once, and a burst costs time linear in its
/// length.
///
/// Limits: `maxBytes` may wait behind the message that is next in turn, each message counting its
/// bytes and [#MESSAGE_COST]. That first one is free, so that one large message (a snapshot) always
/// passes. Past the limit, after merging, the queue overflows; while another thread merges, at
/// twice the limit. A dispensable message is left out where more than half of the limit would wait.
///
/// Any thread adds; one, the connection's event loop, takes.
final class OutgoingQueue {
  static final int MESSAGE_COST = 32;
  static final int MERGE_AT_BYTES = 256 << 10;
  static final int MAX_MERGED_BYTES = 64 << 10;

  enum Added {
    /// The taker sleeps: wake it.
    WAKE,
    /// The taker is awake and will find it.
    QUEUED,
    /// Too much waits. The queue is empty now and takes nothing more.
    OVERFLOWED,
    /// It was dispensable and too much waits: the queue did not take it.
    LEFT_OUT,
    /// The queue took nothing, it has ended.
    ENDED
  }

  private final long maxBytes;
  private final Deque<Outgoing> settled = new ArrayDeque<>();
  private Deque<Outgoing> fresh = new ArrayDeque<>();
  private long bytes;
  private long freshBytes;
  private @Nullable List<Outgoing> merging;
  private boolean takerAwake;
  private boolean ended;

  OutgoingQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  Added add(Outgoing message) {
    int cost = cost(message);
    List<Outgoing> toMerge;
    synchronized (this) {
      if (ended) {
        return Added.ENDED;
      }
      if (message.isDispensable() && waiting() + cost > maxBytes / 2) {
        return Added.LEFT_OUT;
      }
      fresh.add(message);
      bytes += cost;
      freshBytes += cost;
      if (merging != null) {
        return waiting() > 2 * maxBytes ? overflow() : wake();
      }
      if (freshBytes < MERGE_AT_BYTES && waiting() <= maxBytes) {
        return wake();
      }
      toMerge = startMerging();
    }
    return merge(toMerge);
  }

  /// Moves messages to `target` until they hold `maxTaken` bytes or none is left; then the next
  /// [#add] says [Added#WAKE].
  synchronized void take(Deque<Outgoing> target, int maxTaken) {
    // For those in awaitRoom, who are few and seldom.
    notifyAll();
    long taken = 0;
    while (taken < maxTaken) {
      Outgoing message = settled.poll();
      // INVARIANT: what is being merged is older than what is fresh, so nothing overtakes it.
      if (message == null && merging == null) {
        message = fresh.poll();
        freshBytes -= message == null ? 0 : cost(message);
      }
      if (message == null) {
        takerAwake = !target.isEmpty();
        return;
      }
      taken += cost(message);
      bytes -= cost(message);
      target.add(message);
    }
  }

  /// Waits while more than half of the limit waits and the queue has not ended.
  synchronized void awaitRoom() throws InterruptedException {
    while (!ended && waiting() > maxBytes / 2) {
      wait();
    }
  }

  /// Takes nothing more from now on; false when it had ended already.
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    notifyAll();
    return first;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /// Whether it has ended and everything was taken.
  synchronized boolean isDrained() {
    return ended && merging == null && settled.isEmpty() && fresh.isEmpty();
  }

  /// Ends the queue and drops what waits.
  synchronized void drop() {
    ended = true;
    settled.clear();
    fresh.clear();
    merging = null;
    bytes = 0;
    freshBytes = 0;
    notifyAll();
  }

  /// What waits, in bytes as the limit counts them.
  synchronized long waitingBytes() {
    return waiting();
  }

  private long waiting() {
    Outgoing first = settled.peek();
    if (first == null && merging != null) {
      first = merging.getFirst();
    }
    if (first == null) {
      first = fresh.peek();
    }
    return first == null ? 0 : bytes - cost(first);
  }

  private Added wake() {
    if (takerAwake) {
      return Added.QUEUED;
    }
    takerAwake = true;
    return Added.WAKE;
  }

  private Added overflow() {
    drop();
    return Added.OVERFLOWED;
  }

  /// The newest settled message goes along: it may merge with the first fresh one.
  private List<Outgoing> startMerging() {
    List<Outgoing> batch = new ArrayList<>(fresh.size() + 1);
    Outgoing newest = settled.pollLast();
    if (newest != null) {
      batch.add(newest);
    }
    batch.addAll(fresh);
    fresh = new ArrayDeque<>();
    freshBytes = 0;
    merging = batch;
    return batch;
  }

  private Added merge(List<Outgoing> first) {
    List<Outgoing> batch = first;
    while (true) {
      @Nullable List<Outgoing> merged = null;
      try {
        merged = merged(batch);
      } finally {
        if (merged == null) {
          settle(batch, batch);
        }
      }
      synchronized (this) {
        settle(batch, merged);
        if (waiting() <= maxBytes) {
          return wake();
        }
        // Others may have added meanwhile, and some of that may merge.
        if (fresh.isEmpty()) {
          return overflow();
        }
        batch = startMerging();
      }
    }
  }

  private synchronized void settle(List<Outgoing> batch, List<Outgoing> merged) {
    boolean dropped = merging == null;
    if (!dropped) {
      merging = null;
      bytes += cost(merged) - cost(batch);
      settled.addAll(merged);
    }
  }

  private static List<Outgoing> merged(List<Outgoing> batch) {
    List<Outgoing> merged = new ArrayList<>();
    int at = 0;
    while (at < batch.size()) {
      Outgoing first = batch.get(at);
      int size = first.utf8().length;
      int end = at + 1;
      while (end < batch.size()
          && size + batch.get(end).utf8().length <= MAX_MERGED_BYTES
          && first.mergesWith(batch.get(end))) {
        size += batch.get(end).utf8().length;
        end++;
      }
      merged.add(end == at + 1 ? first : first.mergedWith(batch.subList(at + 1, end)));
      at = end;
    }
    return merged;
  }

  private static int cost(Outgoing message) {
    return message.utf8().length + MESSAGE_COST;
  }

  private static long cost(List<Outgoing> messages) {
    long sum = 0;
    for (Outgoing message : messages) {
      sum += cost(message);
    }
    return sum;
  }
}
