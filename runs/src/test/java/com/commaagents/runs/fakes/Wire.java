package com.commaagents.runs.fakes;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that was published of each run, whether somebody followed it or not.
public final class Wire implements EventSink {
  private final Map<RunId, List<PublishedMessage>> messages = new HashMap<>();

  @Override
  public synchronized void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    messages.computeIfAbsent(message.runId(), _ -> new ArrayList<>()).add(message);
  }

  public synchronized Set<RunId> runs() {
    return Set.copyOf(messages.keySet());
  }

  public synchronized List<PublishedMessage> of(RunId run) {
    return List.copyOf(messages.getOrDefault(run, List.of()));
  }
}
