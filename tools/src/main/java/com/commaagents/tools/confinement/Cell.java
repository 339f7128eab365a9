package com.commaagents.tools.confinement;

import java.io.IOException;

/// Where the commands of one run are started. Thread-safe.
public interface Cell extends AutoCloseable {
  /// Starts a program with pipes for its streams.
  ///
  /// @throws IOException when it cannot be started, or not so that it is confined
  Process start(Launch launch) throws IOException, InterruptedException;

  /// Gives up what the cell holds. Where a kind of confinement can end all that was started in it,
  /// it does.
  @Override
  void close();
}
