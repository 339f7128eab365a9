package com.commaagents.engine.limit;

/// Port: ends a run that has reached a limit. Called by any thread that works for the run, perhaps
/// by several; the first counts.
@FunctionalInterface
public interface LimitListener {
  /// @param message names the limit and the figure, and what to do
  void reached(String message) throws InterruptedException;
}
