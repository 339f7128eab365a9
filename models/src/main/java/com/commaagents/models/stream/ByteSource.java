package com.commaagents.models.stream;

import java.io.IOException;

/// Where an event stream's bytes come from.
@FunctionalInterface
public interface ByteSource {
  /// Waits for bytes and puts at least one and at most `length` of them into `into` from `offset`.
  ///
  /// @return how many; -1 at the end
  /// @throws IOException when the bytes broke off before their end
  int read(byte[] into, int offset, int length) throws IOException, InterruptedException;
}
