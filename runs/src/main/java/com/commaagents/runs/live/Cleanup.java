package com.commaagents.runs.live;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be undone of a prepared run: done once, the newest first, and one failure does not
/// keep the others from being done. Used by one thread at a time.
public final class Cleanup {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  private record Step(String what, Runnable action) {}

  private final Deque<Step> steps = new ArrayDeque<>();

  /// @param what named in the log when it fails
  public void add(String what, Runnable action) {
    steps.push(new Step(what, action));
  }

  /// Undoes everything; a second time there is nothing left to do.
  public void run() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.action().run();
      } catch (RuntimeException failure) {
        LOG.warn("Cleaning up {} failed", step.what(), failure);
      }
    }
  }
}
