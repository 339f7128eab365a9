package com.commaagents.tools.confinement;

import java.io.IOException;

/// Where the commands of one run are started. Thread-safe.
public interface Cell extends AutoCloseable {
  /// Starts a program with pipes for its streams.
  ///
  /// @throws IOException when it cannot be started, or not so that it is confined
  Process start(Launch launch) throws IOException, InterruptedException;

  /// Looks after a program that ended without a word, as one does that was killed: waits until what
  /// the programs of the cell share has ended, where it is ending.
  ///
  /// @return whether the program never began for that reason, and can be started again
  /// @param errors what its error output holds
  /// @param sinceNanos when it was started, by the clock
  default boolean neverBegan(String errors, long sinceNanos) throws InterruptedException {
    return false;
  }

  /// Gives up what the cell holds. Where a kind of confinement can end all that was started in it,
  /// it does.
  @Override
  void close();
}
