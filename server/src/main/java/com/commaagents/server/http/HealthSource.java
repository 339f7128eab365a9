package com.commaagents.server.http;

/// What `GET /health` answers, as UTF-8 JSON.
///
/// Called on an event loop: an implementation reads a few counters and never blocks.
public interface HealthSource {
  /// The answer of a daemon that is bound to loopback, with its counters.
  byte[] details();

  /// The answer to anybody else: that the daemon lives, whether all is well, and nothing more.
  byte[] summary();
}
