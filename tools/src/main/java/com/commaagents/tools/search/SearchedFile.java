package com.commaagents.tools.search;

import com.commaagents.tools.search.TreeWalk.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/// Reads a file for a search with as few calls to the system as there can be: there are many files,
/// and most hold nothing that is looked for.
final class SearchedFile {
  private static final int LEAST_BYTES = 4096;

  private SearchedFile() {}

  /// The content as far as it reached when the folder was listed; empty where it is larger than may
  /// be read. Files that say that they are empty, as those of `/proc`, are read to their end.
  static Optional<byte[]> read(Entry file, int maxBytes) throws IOException {
    long size = file.facts().size();
    if (size > maxBytes) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.allocate(size == 0 ? LEAST_BYTES : (int) size);
    try (SeekableByteChannel channel = file.directory().read(file.name(), file.facts())) {
      while (channel.read(buffer) >= 0 && (size == 0 || buffer.hasRemaining())) {
        if (!buffer.hasRemaining()) {
          if (buffer.capacity() > maxBytes) {
            return Optional.empty();
          }
          buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
        }
      }
    }
    byte[] bytes = buffer.array();
    return Optional.of(buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes);
  }
}
