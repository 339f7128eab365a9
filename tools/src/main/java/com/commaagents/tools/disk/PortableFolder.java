package com.commaagents.tools.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A folder as Java has it. Sizes are always known.
final class PortableFolder implements Folder {
  private static final byte[] NO_BYTES = {};
  private static final int LEAST_BYTES = 4096;

  private final Directory directory;

  PortableFolder(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Path path() {
    return directory.path();
  }

  @Override
  public Folder child(FolderItem item) throws IOException {
    return new PortableFolder(directory.child(item.name()));
  }

  @Override
  public List<FolderItem> items(int limit, boolean withSizes) throws IOException {
    List<FolderItem> items = new ArrayList<>();
    for (Path name : directory.names(limit)) {
      directory
          .facts(name)
          .ifPresent(
              facts -> items.add(new FolderItem(name, facts.kind(), facts.size(), NO_BYTES)));
    }
    return items;
  }

  @Override
  public long size(FolderItem file) {
    return file.size();
  }

  @Override
  public Optional<byte[]> read(FolderItem file, int maxBytes) throws IOException {
    try (OpenFile opened = directory.read(file.name())) {
      return opened.facts().size() > maxBytes ? Optional.empty() : read(opened, maxBytes);
    }
  }

  private static Optional<byte[]> read(OpenFile file, int maxBytes) throws IOException {
    long size = file.facts().size();
    ByteBuffer buffer = ByteBuffer.allocate(size == 0 ? LEAST_BYTES : (int) size);
    while (file.channel().read(buffer) >= 0 && (size == 0 || buffer.hasRemaining())) {
      if (!buffer.hasRemaining()) {
        if (buffer.capacity() > maxBytes) {
          return Optional.empty();
        }
        buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
      }
    }
    byte[] bytes = buffer.array();
    return Optional.of(buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
