package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;

/// The message stream of one run: its numbering and its subscribers.
///
/// Published to by one thread at a time, the owner of the run; subscribed to by any. Limits: what a
/// connection may hold is the sink's business; the number of subscribers is that of connections.
public final class Channel {
  private final RunId runId;
  private final EventSink sink;
  private final AtomicLong lastSeq;
  // Many are read per message, few ever change: a copy on change costs nothing on the hot path.
  private final Set<ClientId> subscribers = new CopyOnWriteArraySet<>();

  Channel(RunId runId, EventSink sink, long lastSeq) {
    this.runId = runId;
    this.sink = sink;
    this.lastSeq = new AtomicLong(lastSeq);
  }

  /// Numbers a message and hands it to every subscriber; never waits for one.
  public void publish(Instant at, RunMessage message) {
    sink.broadcast(
        new PublishedMessage(runId, lastSeq.incrementAndGet(), at, message), subscribers);
  }

  /// The number of the newest message; 0 before the first.
  public long lastSeq() {
    return lastSeq.get();
  }

  /// Goes on above a number that a former life of this run has used.
  void continueAbove(long seq) {
    lastSeq.accumulateAndGet(seq, Math::max);
  }

  void add(ClientId client) {
    subscribers.add(client);
  }

  void remove(ClientId client) {
    subscribers.remove(client);
  }

  boolean isUnfollowed() {
    return subscribers.isEmpty();
  }
}
