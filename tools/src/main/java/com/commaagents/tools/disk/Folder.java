package com.commaagents.tools.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder that is held open to be looked through, with as few calls to the system as there can
/// be.
///
/// INVARIANT: as with [Directory], no link is ever followed, and what is done with a name is done
/// in this folder whatever happens to its path meanwhile. Thread-safe but for [#items] and
/// [#close]; closed by its owner.
public sealed interface Folder extends Closeable permits LinuxFolder, PortableFolder {
  /// Opens a folder by an absolute path that holds no link.
  ///
  /// @throws NoSuchFileException when a part is missing
  /// @throws NotDirectoryException when a part is no folder; a link is none
  /// @throws AccessDeniedException when it may not be looked through
  static Folder open(Path absolute) throws IOException {
    Optional<LinuxFiles> linux = LinuxFiles.find();
    return linux.isPresent()
        ? LinuxFolder.open(absolute, linux.get())
        : new PortableFolder(Directory.open(absolute));
  }

  Path path();

  /// Opens a folder in this one; fails as [#open].
  Folder child(FolderItem item) throws IOException;

  /// What is in it, in the order of the names. Once only.
  ///
  /// @param limit more are left out; which is not told
  List<FolderItem> items(int limit) throws IOException;

  /// Reads files in it.
  FileReader reader();
}
