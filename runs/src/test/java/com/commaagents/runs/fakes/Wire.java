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

/// Everything that was published of each run, as one witness is told it: who subscribes the witness
/// after number 0, however late, has all of it here.
public final class Wire implements EventSink {
  public static final ClientId WITNESS = new ClientId("witness");

  private final Map<RunId, List<PublishedMessage>> messages = new HashMap<>();

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    if (subscribers.contains(WITNESS)) {
      send(WITNESS, message);
    }
  }

  @Override
  public synchronized void send(ClientId client, PublishedMessage message) {
    if (client.equals(WITNESS)) {
      messages.computeIfAbsent(message.runId(), _ -> new ArrayList<>()).add(message);
    }
  }

  @Override
  public void send(ClientId client, RunNotice notice) {}

  public synchronized Set<RunId> runs() {
    return Set.copyOf(messages.keySet());
  }

  public synchronized List<PublishedMessage> of(RunId run) {
    return List.copyOf(messages.getOrDefault(run, List.of()));
  }
}
