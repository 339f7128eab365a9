package com.commaagents.tools.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Optional;

/// How a folder is held open, and how what is in it is opened and made. No link is followed.
sealed interface Hold extends Closeable permits LinuxHold, PortableHold {

  /// Holds a folder by an absolute path that holds no link.
  ///
  /// @param linux what Linux can do, where this is one
  static Hold open(Optional<LinuxFiles> linux, Path absolute) throws IOException {
    return linux.isPresent()
        ? LinuxHold.open(linux.get(), absolute, false)
        : PortableHold.open(absolute);
  }

  /// As [#open], and makes what is missing.
  static Hold make(Optional<LinuxFiles> linux, Path absolute) throws IOException {
    return linux.isPresent()
        ? LinuxHold.open(linux.get(), absolute, true)
        : PortableHold.make(absolute);
  }

  /// Holds a folder of this one.
  ///
  /// @throws NotDirectoryException when the name is a link or anything else
  Hold child(Path name) throws IOException;

  /// As [#child], made where it is missing.
  Hold makeChild(Path name) throws IOException;

  /// Opens a regular file to read.
  ///
  /// @throws NoSuchFileException when it is missing
  /// @throws NotRegularFileException when it is anything else
  OpenFile read(Path name) throws IOException;

  /// Makes a file that must not exist yet, for its owner alone.
  NewFile create(Path name) throws IOException;

  /// The folder as Java has it, for what can neither wait nor follow a link.
  SecureDirectoryStream<Path> stream();
}
