package com.commaagents.tools.call;

import java.nio.channels.ClosedByInterruptException;

/// An interruption that a channel reported in its own way.
public final class Interruption {
  private Interruption() {}

  /// The interruption as everybody knows it; clears the flag, as throwing it does.
  public static InterruptedException of(ClosedByInterruptException stopped) {
    boolean wasSet = Thread.interrupted();
    InterruptedException interruption =
        new InterruptedException(wasSet ? "interrupted in a file" : "interrupted");
    interruption.initCause(stopped);
    return interruption;
  }
}
