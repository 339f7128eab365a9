package com.commaagents.runs.simulation;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.message.RunSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// All clients, over all lives of the run system, and what each was told.
final class Audience implements EventSink {
  /// Follows every run from its first message on and never leaves.
  static final ClientId WITNESS = new ClientId("witness");

  private record Key(ClientId client, RunId run) {}

  private final Disk disk;
  private final Referee referee;
  private final Map<RunId, Stream> streams = new LinkedHashMap<>();
  private final Map<Key, Line> lines = new LinkedHashMap<>();
  private final Set<ClientId> deaf = new HashSet<>();
  private SimulatedStore store;
  private boolean silent;

  Audience(Disk disk, SimulatedStore store, Referee referee) {
    this.disk = disk;
    this.store = store;
    this.referee = referee;
  }

  Stream stream(RunId run) {
    return streams.computeIfAbsent(run, id -> new Stream(id, referee));
  }

  Collection<Stream> streams() {
    return streams.values();
  }

  Line line(ClientId client, RunId run) {
    return lines.computeIfAbsent(
        new Key(client, run), key -> new Line(key.client(), stream(key.run()), referee));
  }

  /// A client's connection is dead, and nobody knows it yet.
  void deafen(ClientId client) {
    deaf.add(client);
  }

  /// The run system has noticed that a client has gone.
  void forgotten(ClientId client) {
    deaf.remove(client);
    lines.forEach((key, line) -> {
      if (key.client().equals(client)) {
        line.leave();
      }
    });
  }

  /// The process is dead: whatever it still says, nobody hears it.
  void silence() {
    silent = true;
  }

  /// Another process has taken over.
  void listenTo(SimulatedStore next) {
    store = next;
    silent = false;
    deaf.clear();
    streams.forEach((run, stream) -> {
      long highest = stream.takenOver(disk);
      lines.forEach((key, line) -> {
        if (key.run().equals(run)) {
          line.takenOver(highest);
        }
      });
    });
  }

  void areComplete() {
    lines.forEach((key, line) -> {
      if (!deaf.contains(key.client())) {
        line.isComplete();
      }
    });
  }

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    subscribers.forEach(client -> send(client, message));
  }

  @Override
  public void send(ClientId client, PublishedMessage message) {
    if (!silent && !deaf.contains(client)) {
      stream(message.runId()).see(message, disk, store);
      line(client, message.runId()).take(message);
      if (client.equals(WITNESS)) {
        stream(message.runId()).follow(message);
      }
    }
  }

  @Override
  public void send(ClientId client, RunNotice notice) {
    if (!silent && !deaf.contains(client)) {
      line(client, notice.runId()).take(notice);
      if (notice instanceof RunNotice.Snapshot(var snapshot, var _)) {
        fits(snapshot);
      }
    }
  }

  /// A snapshot says what somebody knows who has seen everything.
  private void fits(RunSnapshot snapshot) {
    if (line(WITNESS, snapshot.runId()).last() < snapshot.lastSeq()) {
      return;
    }
    Map<String, StringBuilder> said = new HashMap<>();
    Set<PublishedMessage> asked = new HashSet<>();
    for (PublishedMessage message : stream(snapshot.runId()).upTo(snapshot.lastSeq())) {
      asked.add(message);
      switch (message.message()) {
        case RunMessage.StrategyStarted _ -> said.clear();
        case RunMessage.AgentStreaming(var speaker, StreamEvent.Text(var text)) ->
            said.computeIfAbsent(speaker.path(), _ -> new StringBuilder()).append(text);
        case RunMessage.AgentStreaming(var speaker, StreamEvent.Done _) ->
            said.remove(speaker.path());
        default -> {}
      }
    }
    snapshot
        .inFlight()
        .forEach(partial -> {
          StringBuilder text = said.getOrDefault(partial.path(), new StringBuilder());
          referee.count(text.isEmpty() ? "snapshot in a silence" : "snapshot in a sentence");
          referee.require(
              text.toString().equals(partial.text()),
              () -> text + " is not what is shown: " + partial);
        });
    snapshot
        .pending()
        .forEach(request -> {
          referee.count("snapshot with a request");
          referee.require(asked.contains(request), () -> "nobody was asked " + request);
        });
  }
}
