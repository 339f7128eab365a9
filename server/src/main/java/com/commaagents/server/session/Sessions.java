package com.commaagents.server.session;

import com.commaagents.base.id.ClientId;
import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.server.http.Connection;
import com.commaagents.server.http.Outgoing;
import com.commaagents.server.mapping.Notices;
import com.commaagents.server.mapping.RunEvents;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The connected clients. Sending never waits: each connection has a bounded queue of its own, and
/// one that does not read loses its connection, not the others their time.
///
/// Thread-safe. Limit: the number of connections, see [com.commaagents.server.http.HttpLimits].
public final class Sessions implements EventSink {
  private final Map<ClientId, Connection> connections = new ConcurrentHashMap<>();

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    if (subscribers.isEmpty()) {
      return;
    }
    EventFrame frame = new EventFrame(RunEvents.of(message));
    for (ClientId client : subscribers) {
      send(client, frame);
    }
  }

  @Override
  public void send(ClientId client, PublishedMessage message) {
    send(client, new EventFrame(RunEvents.of(message)));
  }

  @Override
  public void send(ClientId client, RunNotice notice) {
    send(client, Notices.of(client, notice));
  }

  @Override
  public void show(RunNotice.ToolOutputShown output, Collection<ClientId> clients) {
    Outgoing frame = Outgoing.dispensable(DaemonMessageEncoder.encode(Notices.toolOutput(output)));
    for (ClientId client : clients) {
      send(client, frame);
    }
  }

  /// Sends one client a reply.
  public void send(ClientId client, DaemonMessage message) {
    send(client, Outgoing.of(DaemonMessageEncoder.encode(message)));
  }

  public int count() {
    return connections.size();
  }

  void add(ClientId client, Connection connection) {
    connections.put(client, connection);
  }

  void remove(ClientId client) {
    connections.remove(client);
  }

  private void send(ClientId client, Outgoing frame) {
    Connection connection = connections.get(client);
    if (connection != null) {
      connection.send(frame);
    }
  }
}
