package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.message.RunNotice;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Who follows which run. A channel lives while its run is live, somebody follows it, or its past
/// is held for those who come back.
///
/// Limits: the past of a finished run is held [#PAST_HELD] and of at most [#MAX_PASTS] finished
/// runs, the oldest goes first; see [ReplayWindow] for bytes. What is due is given up when the hub
/// is used.
///
/// Thread-safe: one private lock. Locks are taken in the order hub, channel, sink; the sink is
/// called under the channel's lock only, and never calls back.
public final class Hub {
  static final Duration PAST_HELD = Duration.ofMinutes(5);
  static final int MAX_PASTS = 1_000;

  private final EventSink sink;
  private final Clock clock;
  private final AtomicLong heldInAll = new AtomicLong();
  private final Map<RunId, Channel> channels = new HashMap<>();
  private final Map<ClientId, Set<RunId>> followed = new HashMap<>();
  // How many clients follow each run that anybody follows.
  private final Map<RunId, Integer> followers = new HashMap<>();
  private final Set<RunId> live = new HashSet<>();
  // When the past of each finished run is given up, the next one first.
  private final Map<RunId, Long> pasts = new LinkedHashMap<>();

  public Hub(EventSink sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
  }

  /// The channel of a run that becomes live; it is kept until [#release].
  ///
  /// @param lastSeq the highest number a former life of the run may have used
  public synchronized Channel open(RunId runId, long lastSeq) {
    live.add(runId);
    pasts.remove(runId);
    Channel channel = channel(runId, lastSeq);
    channel.goLive(lastSeq, clock.nanos());
    return channel;
  }

  /// The run is no longer live; its followers stay, for a continuation.
  public synchronized void release(RunId runId) {
    live.remove(runId);
    pasts.put(runId, clock.nanos() + PAST_HELD.toNanos());
    giveUpPasts();
  }

  /// Holds nothing of a run that is not live for those who come back; its followers stay.
  public synchronized void forgetPast(RunId runId) {
    pasts.remove(runId);
    Channel channel = channels.get(runId);
    if (channel != null && !live.contains(runId)) {
      channel.forgetPast();
      dropIfUnused(runId);
    }
  }

  /// Follows a run: first what came after `afterSeq`, then what comes. The caller has made sure
  /// that the run exists.
  ///
  /// @param lastSeq the highest number its timeline names
  public void subscribe(RunId runId, ClientId client, OptionalLong afterSeq, long lastSeq) {
    followed(runId, client, lastSeq).subscribe(client, afterSeq, clock.now());
  }

  /// Follows a run that is not live from a snapshot on.
  ///
  /// @return false when the run has moved on since the snapshot was taken; the client follows it as
  ///   it did before, or not
  public boolean attachIfStill(
      RunId runId, ClientId client, OptionalLong afterSeq, RunNotice.Snapshot snapshot) {
    boolean followedBefore = follows(runId, client);
    Channel channel = followed(runId, client, snapshot.snapshot().lastSeq());
    if (channel.attachIfStill(client, afterSeq, clock.now(), snapshot)) {
      return true;
    }
    if (!followedBefore) {
      unsubscribe(runId, client);
    }
    return false;
  }

  /// Follows a live run from a snapshot on; called by its owner, who alone publishes.
  public void attach(
      RunId runId, ClientId client, OptionalLong afterSeq, RunNotice.Snapshot snapshot) {
    followed(runId, client, 0).attach(client, afterSeq, clock.now(), () -> snapshot);
  }

  /// The number of a run's newest message.
  ///
  /// @param onDisk the highest number its timeline names; it counts where nothing newer is known
  public synchronized long lastSeq(RunId runId, long onDisk) {
    Channel channel = channels.get(runId);
    return channel == null ? onDisk : channel.lastSeq();
  }

  public synchronized void unsubscribe(RunId runId, ClientId client) {
    Set<RunId> runs = followed.get(client);
    if (runs != null && runs.remove(runId)) {
      if (runs.isEmpty()) {
        followed.remove(client);
      }
      removeFrom(runId, client);
    }
  }

  /// A client has gone: it follows nothing any more.
  public synchronized void forget(ClientId client) {
    Set<RunId> runs = followed.remove(client);
    if (runs != null) {
      runs.forEach(runId -> removeFrom(runId, client));
    }
  }

  /// How much it holds: channels, live runs, followers and pasts.
  synchronized int size() {
    return channels.size() + live.size() + followed.size() + followers.size() + pasts.size();
  }

  private synchronized boolean follows(RunId runId, ClientId client) {
    return followed.getOrDefault(client, Set.of()).contains(runId);
  }

  private synchronized Channel followed(RunId runId, ClientId client, long lastSeq) {
    if (followed.computeIfAbsent(client, _ -> new HashSet<>()).add(runId)) {
      followers.merge(runId, 1, Integer::sum);
    }
    giveUpPasts();
    return channel(runId, lastSeq);
  }

  private Channel channel(RunId runId, long lastSeq) {
    return channels.computeIfAbsent(runId, id -> new Channel(id, sink, lastSeq, heldInAll));
  }

  private void removeFrom(RunId runId, ClientId client) {
    followers.computeIfPresent(runId, (_, count) -> count > 1 ? count - 1 : null);
    Channel channel = channels.get(runId);
    if (channel != null) {
      channel.remove(client, clock.nanos());
      dropIfUnused(runId);
    }
  }

  private void giveUpPasts() {
    long now = clock.nanos();
    var oldest = pasts.entrySet().iterator();
    while (oldest.hasNext()) {
      var past = oldest.next();
      if (past.getValue() - now > 0 && pasts.size() <= MAX_PASTS) {
        return;
      }
      RunId runId = past.getKey();
      oldest.remove();
      Channel channel = channels.get(runId);
      if (channel != null) {
        channel.forgetPast();
        dropIfUnused(runId);
      }
    }
  }

  // Followers are those taken in here, not the channel's: a new one may be about to reach it.
  private void dropIfUnused(RunId runId) {
    Channel channel = channels.get(runId);
    if (channel != null
        && !followers.containsKey(runId)
        && !live.contains(runId)
        && !pasts.containsKey(runId)) {
      channel.forgetPast();
      channels.remove(runId);
    }
  }
}
