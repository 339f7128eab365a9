package com.commaagents.runs.soak;

import com.commaagents.runs.fakes.VirtualThreads;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/// What this process takes when nothing is going on.
///
/// @param heapBytes in use after a collection
/// @param threads of the platform
record Footprint(int runs, long heapBytes, int threads, long openFiles) {
  // Of so many full collections the serial collector leaves no gap in one only.
  private static final int COLLECTIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Waits until no thread works for a run any more: one has a last step to make when all is known
  /// to be over.
  ///
  /// @param scratch a file to be written and deleted
  static Footprint after(int runs, Path scratch) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> VirtualThreads.named(scratch, "run-", "execute-", "broadcast-").isEmpty());
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return new Footprint(
        runs,
        heap,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  @Override
  public String toString() {
    return "after %6d runs: %6d KiB of heap, %d threads, %d open files"
        .formatted(runs, heapBytes >> 10, threads, openFiles);
  }
}
