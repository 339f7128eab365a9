package com.commaagents.runs.soak;

import com.commaagents.runs.fakes.VirtualThreads;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// What this process takes when nothing is going on.
///
/// @param heapBytes in use after a collection
/// @param threads of the platform
/// @param runThreads virtual ones that work for runs
record Footprint(int runs, long heapBytes, int threads, int runThreads, long openFiles) {
  private static final int COLLECTIONS = 3;

  /// @param scratch a file to be written and deleted
  static Footprint after(int runs, Path scratch) throws IOException {
    int runThreads = VirtualThreads.named(scratch, "run-", "execute-", "broadcast-").size();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return new Footprint(
        runs,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        runThreads,
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  @Override
  public String toString() {
    return "after %6d runs: %6d KiB of heap, %d threads, %d of runs, %d open files"
        .formatted(runs, heapBytes >> 10, threads, runThreads, openFiles);
  }
}
