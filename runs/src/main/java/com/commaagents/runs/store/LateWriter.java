package com.commaagents.runs.store;

import com.commaagents.base.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the files of runs what the journal has brought to disk already: some milliseconds
/// later, so that many lines of a run are one write. Thread-safe; has a thread of its own.
///
/// Limit: a file waits for [#LAG] at most, as long as the disk keeps up. See [OpenTimeline] for how
/// much.
final class LateWriter implements AutoCloseable {
  static final Duration LAG = Duration.ofMillis(25);

  private static final Logger LOG = LoggerFactory.getLogger(LateWriter.class);

  private final Clock clock;
  private final Consumer<IOException> refusals;
  // Under the lock of this object.
  private List<OpenTimeline> owing = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean pausing;
  private boolean closed;

  /// @param refusals is told of what could not be written
  LateWriter(Clock clock, Consumer<IOException> refusals) {
    this.clock = clock;
    this.refusals = refusals;
  }

  /// Files that are owed something from now on.
  void add(List<OpenTimeline> files) {
    synchronized (this) {
      if (closed || files.isEmpty()) {
        return;
      }
      owing.addAll(files);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("timeline-late-writer").start(this::writeOwed);
      } else {
        notifyAll();
      }
    }
  }

  /// Writes what a file is owed now.
  void write(OpenTimeline file) {
    try {
      file.writeOwed();
    } catch (IOException refused) {
      refusals.accept(refused);
    }
    file.look();
  }

  /// Ends the thread. What is still owed is for somebody else to write.
  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      ending = thread;
      notifyAll();
      // Never in the middle of a write: an interruption closes the file.
      if (ending != null && pausing) {
        ending.interrupt();
      }
    }
    if (ending != null) {
      GroupCommit.anyhow(ending::join);
    }
  }

  private void writeOwed() {
    for (List<OpenTimeline> files = next(); !files.isEmpty(); files = next()) {
      files.forEach(this::write);
    }
  }

  /// @return none once it is closed
  private List<OpenTimeline> next() {
    synchronized (this) {
      while (owing.isEmpty() && !closed) {
        GroupCommit.anyhow(this::wait);
      }
      if (closed) {
        return List.of();
      }
      pausing = true;
    }
    try {
      clock.sleep(LAG);
    } catch (InterruptedException closing) {
      LOG.debug("the run store is closed while timelines are owed lines", closing);
    }
    synchronized (this) {
      pausing = false;
      // One that came too late for the pause.
      boolean _ = Thread.interrupted();
      List<OpenTimeline> files = closed ? List.of() : owing;
      owing = new ArrayList<>();
      return files;
    }
  }
}
