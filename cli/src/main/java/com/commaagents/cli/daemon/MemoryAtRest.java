package com.commaagents.cli.daemon;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Gives memory back to the machine while nothing runs.
///
/// The serial collector looks at what is old only when the heap has grown to its bound, so that a
/// daemon that has once worked hard would keep all of it for the days in which it only listens. A
/// full collection takes some hundred milliseconds; at rest nobody waits for them.
public final class MemoryAtRest implements AutoCloseable {
  /// Between two looks.
  static final Duration PAUSE = Duration.ofSeconds(30);

  /// Less growth since the last collection is left alone.
  static final long WORTHWHILE_BYTES = 64L << 20;

  /// What is looked after.
  interface Heap {
    long usedBytes();

    /// Collects all garbage.
    void collect();
  }

  private final Heap heap;
  private final BooleanSupplier atRest;
  private final Thread thread;
  private long usedBefore;

  MemoryAtRest(Heap heap, BooleanSupplier atRest, Clock clock) {
    this.heap = heap;
    this.atRest = atRest;
    this.thread = Thread.ofVirtual().name("memory-at-rest").unstarted(() -> watch(clock));
  }

  /// Looks after the memory of this process until it is closed.
  ///
  /// @param atRest whether nothing runs
  public static MemoryAtRest watch(BooleanSupplier atRest, Clock clock) {
    MemoryAtRest memory = new MemoryAtRest(new ProcessHeap(), atRest, clock);
    memory.thread.start();
    return memory;
  }

  private void watch(Clock clock) {
    try {
      while (true) {
        clock.sleep(PAUSE);
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    if (atRest.getAsBoolean() && heap.usedBytes() - usedBefore >= WORTHWHILE_BYTES) {
      heap.collect();
      usedBefore = heap.usedBytes();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static final class ProcessHeap implements Heap {
    @Override
    public long usedBytes() {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void collect() {
      System.gc();
    }
  }
}
