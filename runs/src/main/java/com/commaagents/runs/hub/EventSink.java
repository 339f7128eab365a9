package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.runs.message.PublishedMessage;
import java.util.Collection;

/// Port: brings messages to clients. Called by many threads; the messages of one run come one after
/// the other, in order.
///
/// INVARIANT: an implementation neither blocks on a slow client, nor throws for one that has gone,
/// nor calls back into the run system.
@FunctionalInterface
public interface EventSink {
  /// Brings a message to every subscriber of its run.
  ///
  /// @param subscribers those of the moment; do not keep the collection
  void broadcast(PublishedMessage message, Collection<ClientId> subscribers);
}
