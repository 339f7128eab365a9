package com.commaagents.server.http;

/// One WebSocket, seen from the side that speaks to it. Safe to use from any thread.
public interface Connection {
  /// Queues one text message and returns at once; messages of one thread arrive in its order.
  ///
  /// After the connection is closed it does nothing. When more than [HttpLimits#maxQueuedBytes]
  /// wait behind the message that is next in turn, adjacent messages that may be merged are, on the
  /// caller's thread; if that is not enough the connection is closed with 1013 and what waited is
  /// dropped.
  void send(Outgoing message);

  /// Waits while more than half of [HttpLimits#maxQueuedBytes] waits; returns at once when the
  /// connection is closed.
  ///
  /// For who may block and has much to send that cannot be merged, such as a replay.
  void awaitRoom() throws InterruptedException;

  /// Sends what is queued, then a close frame, and ends the connection.
  ///
  /// What cannot be written within 1 s is dropped and the connection reset. Only the first call
  /// counts.
  ///
  /// @param code as RFC 6455 §7.4 allows it to be sent: 1000-1003, 1007-1014 or 3000-4999
  /// @param reason for people, at most 123 bytes of UTF-8; the rest is cut off
  void close(int code, String reason);

  /// Whether a message sent now would be queued.
  boolean isOpen();
}
