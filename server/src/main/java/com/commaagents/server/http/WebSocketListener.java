package com.commaagents.server.http;

/// What a connection's client says, one message after the other on the connection's own virtual
/// thread.
///
/// A listener may block as long as it likes. Meanwhile its messages wait in a mailbox of 64
/// messages or 1 MiB, and beyond it in the client's own socket.
public interface WebSocketListener {
  /// One whole message, valid UTF-8 of at most [HttpLimits#maxMessageBytes] bytes; the array is the
  /// listener's to keep.
  ///
  /// When it throws, the connection is closed with 1011 and what still waits is dropped.
  ///
  /// @throws InterruptedException when the server is closed meanwhile
  void text(byte[] utf8) throws InterruptedException;

  /// The connection is gone. Called exactly once, after the last message that arrived.
  void closed();
}
