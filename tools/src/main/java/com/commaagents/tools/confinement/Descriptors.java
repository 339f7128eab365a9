package com.commaagents.tools.confinement;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Descriptors that are open for a while, none of which a program inherits. Used by one thread.
final class Descriptors implements AutoCloseable {
  private static final int CLOSED_ON_EXEC = 0x80000;

  record Pipe(int reading, int writing) {}

  private final LinuxCalls calls;
  private final List<Integer> open = new ArrayList<>();

  Descriptors(LinuxCalls calls) {
    this.calls = calls;
  }

  Pipe pipe() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment two = arena.allocate(ValueLayout.JAVA_INT, 2);
      calls.pipe(two, CLOSED_ON_EXEC);
      return new Pipe(
          keep(two.getAtIndex(ValueLayout.JAVA_INT, 0)),
          keep(two.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  int keep(int descriptor) {
    open.add(descriptor);
    return descriptor;
  }

  /// The name by which a descriptor is opened once more.
  static String file(int descriptor) {
    return "/proc/self/fd/" + descriptor;
  }

  @Override
  public void close() throws IOException {
    for (int descriptor : open) {
      calls.close(descriptor);
    }
  }
}
