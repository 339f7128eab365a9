package com.commaagents.tools.disk;

import java.util.Arrays;

/// What was read of a file: the beginning of an array, its own until another file is read into it.
@SuppressWarnings(
    "ArrayRecordComponent") // Read-only by agreement: a copy for each file is too dear.
public record FileBytes(byte[] array, int length) {
  /// The bytes in an array of their own.
  public byte[] copy() {
    return Arrays.copyOf(array, length);
  }
}
