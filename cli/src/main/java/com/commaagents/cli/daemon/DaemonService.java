package com.commaagents.cli.daemon;

/// What a daemon process serves: a run system behind its sockets.
public interface DaemonService extends AutoCloseable {
  /// The port it listens on.
  int port();

  /// Stops all runs, tells the clients, closes the sockets; bounded in time, idempotent.
  @Override
  void close();
}
