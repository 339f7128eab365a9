package com.commaagents.server.http;

import java.time.Duration;

/// The limits of the transport, each for one connection unless it says otherwise.
///
/// @param maxMessageBytes the largest message a client may send, summed over its fragments; a
///   larger one closes the connection with 1009 (and is not read)
/// @param maxQueuedBytes what may wait for a client that does not read; see [Connection#send]
/// @param maxConnections sockets of the whole server; a request on one more is answered with 503
/// @param pingInterval a client that was silent for so long is sent a ping
/// @param handshakeTimeout a socket that has no whole request after this time is closed; so is an
///   idle one that is kept alive
public record HttpLimits(
    int maxMessageBytes,
    int maxQueuedBytes,
    int maxConnections,
    Duration pingInterval,
    Duration handshakeTimeout) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(16 << 20, 8 << 20, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(10));

  public HttpLimits {
    if (maxMessageBytes < 1 || maxQueuedBytes < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (!pingInterval.isPositive() || !handshakeTimeout.isPositive()) {
      throw new IllegalArgumentException("times must be positive");
    }
  }
}
