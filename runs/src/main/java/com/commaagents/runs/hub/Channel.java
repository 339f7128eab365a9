package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The message stream of one run: its numbering, its subscribers, and the part that is held for
/// those who come back.
///
/// Thread-safe. One private lock orders publishing and subscribing, so that a subscriber sees every
/// message from a certain number on, each once. It is held while the sink takes a message; the sink
/// neither blocks nor calls back.
public final class Channel {
  private final RunId runId;
  private final EventSink sink;
  private final ReplayWindow window;
  private final ShownOutput shown = new ShownOutput();
  private final Set<ClientId> subscribers = new LinkedHashSet<>();
  // Those among them that know our additions to the protocol.
  private final Set<ClientId> noticed = new LinkedHashSet<>();
  private long lastSeq;
  // When the last subscriber went, or the run became live without one.
  private long unfollowedSince;

  Channel(RunId runId, EventSink sink, long lastSeq, AtomicLong heldInAll) {
    this.runId = runId;
    this.sink = sink;
    this.window = new ReplayWindow(heldInAll);
    this.lastSeq = lastSeq;
  }

  /// Numbers a message and hands it to every subscriber; never waits for one.
  ///
  /// @return the message in its place
  public synchronized PublishedMessage publish(Instant at, RunMessage message) {
    PublishedMessage published = new PublishedMessage(runId, ++lastSeq, at, message);
    window.add(published);
    shown.endCalls(message);
    if (!subscribers.isEmpty()) {
      sink.broadcast(published, subscribers);
    }
    return published;
  }

  /// Tells every client that asked for notices, but the one that caused it.
  public synchronized void notice(RunNotice notice, ClientId causedBy) {
    window.add(notice, lastSeq);
    for (ClientId client : noticed) {
      if (!client.equals(causedBy)) {
        sink.send(client, notice);
      }
    }
  }

  /// Shows what a tool says to every client that asked for notices, and to those who come while its
  /// call still runs.
  public synchronized void show(RunNotice.ToolOutputShown output) {
    shown.add(output);
    if (!noticed.isEmpty()) {
      sink.show(output, noticed);
    }
  }

  /// The number of the newest message; 0 before the first.
  public synchronized long lastSeq() {
    return lastSeq;
  }

  /// Follows the stream: first what came after `afterSeq`, then what comes.
  ///
  /// What is no longer held of it is named in a gap notice first. Without `afterSeq`: only what
  /// comes.
  public synchronized void subscribe(ClientId client, OptionalLong afterSeq, Instant now) {
    if (afterSeq.isPresent()) {
      replay(client, afterSeq.getAsLong(), now);
      showAgain(client);
      noticed.add(client);
    }
    subscribers.add(client);
  }

  /// Follows the stream from a snapshot on, or, when everything after `afterSeq` is still held,
  /// without one.
  public synchronized void attach(
      ClientId client, OptionalLong afterSeq, Instant now, Supplier<RunNotice.Snapshot> snapshot) {
    if (afterSeq.isPresent() && holdsAllAfter(afterSeq.getAsLong())) {
      replay(client, afterSeq.getAsLong(), now);
    } else {
      sink.send(client, snapshot.get());
    }
    showAgain(client);
    noticed.add(client);
    subscribers.add(client);
  }

  /// As [#attach], unless the stream has moved on since the snapshot was taken.
  ///
  /// @return whether it had not
  synchronized boolean attachIfStill(
      ClientId client, OptionalLong afterSeq, Instant now, RunNotice.Snapshot snapshot) {
    if (lastSeq != snapshot.snapshot().lastSeq()) {
      return false;
    }
    attach(client, afterSeq, now, () -> snapshot);
    return true;
  }

  /// The run becomes live: it goes on above a number that a former life of it has used.
  ///
  /// @param nanos now, of the clock that only goes forward
  synchronized void goLive(long seq, long nanos) {
    lastSeq = Math.max(lastSeq, seq);
    unfollowedSince = nanos;
  }

  /// Whether nobody has followed the live run since a moment or longer.
  ///
  /// @param nanos of the clock that only goes forward
  public synchronized boolean isUnfollowedSince(long nanos) {
    return subscribers.isEmpty() && unfollowedSince - nanos <= 0;
  }

  /// @param nanos now, of the clock that only goes forward
  synchronized void remove(ClientId client, long nanos) {
    if (subscribers.remove(client) && subscribers.isEmpty()) {
      unfollowedSince = nanos;
    }
    noticed.remove(client);
  }

  /// Holds nothing for those who come back any more.
  synchronized void forgetPast() {
    window.clear();
  }

  private void showAgain(ClientId client) {
    shown.pieces().forEach(piece -> sink.show(piece, Set.of(client)));
  }

  private boolean holdsAllAfter(long seq) {
    return seq <= lastSeq && window.oldest(lastSeq + 1) <= seq + 1;
  }

  private void replay(ClientId client, long afterSeq, Instant now) {
    long oldest = window.oldest(lastSeq + 1);
    if (afterSeq + 1 < oldest) {
      sink.send(client, new RunNotice.ReplayGap(runId, now, afterSeq + 1, oldest - 1));
    }
    List<ReplayWindow.Held> later = window.after(afterSeq);
    for (ReplayWindow.Held held : later) {
      switch (held) {
        case ReplayWindow.Message(var message, var _) -> sink.send(client, message);
        case ReplayWindow.Notice(var notice, var _) -> sink.send(client, notice);
      }
    }
  }
}
