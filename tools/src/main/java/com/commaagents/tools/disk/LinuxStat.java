package com.commaagents.tools.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Looks what names and open files are, one after the other. Used by one thread.
final class LinuxStat {
  // struct statx, which is the same on all machines.
  private static final int BYTES = 256;
  private static final int MODE_AT = 28;
  private static final int SIZE_AT = 40;
  private static final int TYPE_SHIFT = 12;
  private static final int LONGEST_NAME = 256;

  private final LinuxFiles linux;
  private final MemorySegment state;
  private final MemorySegment name;
  private final MemorySegment found;

  LinuxStat(LinuxFiles linux, SegmentAllocator memory) {
    this.linux = linux;
    state = memory.allocate(LinuxFiles.STATE);
    name = memory.allocate(LONGEST_NAME);
    found = memory.allocate(BYTES, Long.BYTES);
  }

  /// Looks at a name in an open folder; returns an error's number below zero.
  int of(int folder, byte[] bytes) {
    return linux.stat(state, folder, name(bytes), found);
  }

  /// A name for a call, until the next.
  MemorySegment name(byte[] bytes) {
    MemorySegment.copy(bytes, 0, name, JAVA_BYTE, 0, bytes.length);
    return name;
  }

  /// Looks at what is open.
  int ofOpened(int descriptor) {
    return linux.stat(state, descriptor, found);
  }

  /// What the last that was looked at is.
  Facts.Kind kind() {
    return LinuxName.kind(Short.toUnsignedInt(found.get(JAVA_SHORT, MODE_AT)) >> TYPE_SHIFT);
  }

  /// The size of the last that was looked at.
  long size() {
    return found.get(JAVA_LONG, SIZE_AT);
  }
}
