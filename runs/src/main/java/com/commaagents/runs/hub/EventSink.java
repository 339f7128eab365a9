package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import java.util.Collection;

/// Port: brings messages to clients. Called by many threads; what belongs to one run comes one
/// after the other, in order.
///
/// INVARIANT: an implementation neither blocks on a slow client, nor throws for one that has gone,
/// nor calls back into the run system: it is called under the lock that keeps the order.
public interface EventSink {
  /// Brings a message to every subscriber of its run.
  ///
  /// @param subscribers those of the moment; do not keep the collection
  void broadcast(PublishedMessage message, Collection<ClientId> subscribers);

  /// Brings a message to one client: a replay.
  void send(ClientId client, PublishedMessage message);

  /// Brings a notice to one client that asked for notices.
  void send(ClientId client, RunNotice notice);

  /// Brings what a tool says to clients that asked for notices. It may be left out for one that
  /// lags.
  ///
  /// @param clients those of the moment; do not keep the collection
  default void show(RunNotice.ToolOutputShown output, Collection<ClientId> clients) {
    clients.forEach(client -> send(client, output));
  }

  /// Nobody listens.
  static EventSink none() {
    return new EventSink() {
      @Override
      public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {}

      @Override
      public void send(ClientId client, PublishedMessage message) {}

      @Override
      public void send(ClientId client, RunNotice notice) {}
    };
  }
}
