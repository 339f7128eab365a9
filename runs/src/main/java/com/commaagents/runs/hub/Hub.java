package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who follows which run. A channel lives while its run is live or somebody follows it.
///
/// Thread-safe: one private lock, never held while calling out.
public final class Hub {
  private final EventSink sink;
  private final Map<RunId, Channel> channels = new HashMap<>();
  private final Set<RunId> live = new HashSet<>();
  private final Map<ClientId, Set<RunId>> followed = new HashMap<>();

  public Hub(EventSink sink) {
    this.sink = sink;
  }

  /// The channel of a run that becomes live; it is kept until [#release].
  ///
  /// @param lastSeq the highest number a former life of the run may have used
  public synchronized Channel open(RunId runId, long lastSeq) {
    live.add(runId);
    Channel channel = channels.computeIfAbsent(runId, id -> new Channel(id, sink, lastSeq));
    channel.continueAbove(lastSeq);
    return channel;
  }

  /// The run is no longer live; its followers stay, for a continuation.
  public synchronized void release(RunId runId) {
    live.remove(runId);
    dropIfUnused(runId);
  }

  /// Follows a run from its next message on. The caller has made sure that the run exists.
  public synchronized void subscribe(RunId runId, ClientId client, long lastSeq) {
    channels.computeIfAbsent(runId, id -> new Channel(id, sink, lastSeq)).add(client);
    followed.computeIfAbsent(client, _ -> new HashSet<>()).add(runId);
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

  /// How much it holds: channels, live runs and followers.
  synchronized int size() {
    return channels.size() + live.size() + followed.size();
  }

  private void removeFrom(RunId runId, ClientId client) {
    Channel channel = channels.get(runId);
    if (channel != null) {
      channel.remove(client);
      dropIfUnused(runId);
    }
  }

  private void dropIfUnused(RunId runId) {
    Channel channel = channels.get(runId);
    if (channel != null && channel.isUnfollowed() && !live.contains(runId)) {
      channels.remove(runId);
    }
  }
}
