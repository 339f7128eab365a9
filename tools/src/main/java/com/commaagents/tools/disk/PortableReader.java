package com.commaagents.tools.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/// Reads files as Java has them.
final class PortableReader implements FileReader {
  private static final int USUAL_BYTES = 16 << 10;

  private final Directory directory;
  private ByteBuffer memory = ByteBuffer.allocate(USUAL_BYTES);

  PortableReader(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Optional<FileBytes> read(FolderItem file, int maxBytes) throws IOException {
    try (OpenFile opened = directory.read(file.name())) {
      long size = opened.facts().size();
      if (size > maxBytes) {
        return Optional.empty();
      }
      fill(opened.channel(), size == 0 ? maxBytes + 1 : (int) size);
    }
    int read = memory.position();
    return read > maxBytes ? Optional.empty() : Optional.of(new FileBytes(memory.array(), read));
  }

  private void fill(SeekableByteChannel channel, int wanted) throws IOException {
    memory.clear();
    while (memory.position() < wanted) {
      if (memory.position() == memory.capacity()) {
        memory = ByteBuffer.allocate(2 * memory.capacity()).put(memory.flip());
      }
      memory.limit(Math.min(wanted, memory.capacity()));
      if (channel.read(memory) < 0) {
        break;
      }
    }
  }

  @Override
  public void close() {}
}
