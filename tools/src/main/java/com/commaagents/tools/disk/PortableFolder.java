package com.commaagents.tools.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder as Java has it. Sizes are always known.
final class PortableFolder implements Folder {
  private static final byte[] NO_BYTES = {};

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
  public List<FolderItem> items(int limit) throws IOException {
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
  public FileReader reader() {
    return new PortableReader(directory);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
