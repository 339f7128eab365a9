package com.commaagents.runs.fakes;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What each client is told of each run. Who follows a run after number 0, as the witness does, has
/// all of it here, however late it came.
public final class Wire implements EventSink {
  public static final ClientId WITNESS = new ClientId("witness");

  private record Line(ClientId client, RunId run) {}

  private final Map<Line, List<PublishedMessage>> told = new HashMap<>();

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    subscribers.forEach(client -> send(client, message));
  }

  @Override
  public synchronized void send(ClientId client, PublishedMessage message) {
    told.computeIfAbsent(new Line(client, message.runId()), _ -> new ArrayList<>()).add(message);
  }

  @Override
  public void send(ClientId client, RunNotice notice) {}

  /// The runs the witness was told of.
  public synchronized Set<RunId> runs() {
    return told.keySet().stream()
        .filter(line -> line.client().equals(WITNESS))
        .map(Line::run)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// All that the witness was told.
  public List<PublishedMessage> of(RunId run) {
    return of(WITNESS, run);
  }

  public synchronized List<PublishedMessage> of(ClientId client, RunId run) {
    return List.copyOf(told.getOrDefault(new Line(client, run), List.of()));
  }
}
