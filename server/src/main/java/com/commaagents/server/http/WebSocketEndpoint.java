package com.commaagents.server.http;

/// Takes connections that passed every check, once their upgrade is answered.
public interface WebSocketEndpoint {
  /// Called on the connection's own virtual thread, before its first message; it may block.
  ///
  /// When it throws, the connection is closed with 1011 and no listener is told.
  ///
  /// @throws InterruptedException when the server is closed meanwhile
  WebSocketListener connected(Connection connection) throws InterruptedException;
}
