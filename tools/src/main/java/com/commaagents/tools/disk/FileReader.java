package com.commaagents.tools.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/// Reads files of a folder, one after the other, into the same memory. Used by one thread; closed
/// by its owner, before the folder.
public sealed interface FileReader extends Closeable permits LinuxReader, PortableReader {
  /// Reads a regular file, as far as it reached when it was opened; one that says that it is empty,
  /// as those of `/proc` do, to its end.
  ///
  /// @return until the next file is read; empty where the file is larger than may be read
  /// @throws FileSystemException when it may not be read, or is no regular file any more
  Optional<FileBytes> read(FolderItem file, int maxBytes) throws IOException;

  @Override
  void close();
}
