package com.commaagents.tools.disk;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/// A folder as Linux holds it.
///
/// INVARIANT: something is held first and judged then, and what is held is what is opened; so
/// exchanging it for a pipe, a device or a link in between leads nowhere, and no call waits.
/// Folders are made in the folder that is held.
final class LinuxHold implements Hold {
  private final LinuxDescriptor folder;
  private final SecureDirectoryStream<Path> stream;

  private LinuxHold(LinuxDescriptor folder, SecureDirectoryStream<Path> stream) {
    this.folder = folder;
    this.stream = stream;
  }

  static LinuxHold open(LinuxFiles linux, Path absolute, boolean make) throws IOException {
    return of(LinuxDescriptor.walk(linux, absolute, make));
  }

  // Owns the descriptor from now on.
  private static LinuxHold of(LinuxDescriptor folder) throws IOException {
    boolean whole = false;
    try {
      LinuxHold hold = new LinuxHold(folder, PortableHold.listed(folder.alias()));
      whole = true;
      return hold;
    } finally {
      if (!whole) {
        folder.close();
      }
    }
  }

  @Override
  public Hold child(Path name) throws IOException {
    return of(folder.passed(name));
  }

  @Override
  public Hold makeChild(Path name) throws IOException {
    return of(folder.made(name));
  }

  @Override
  public OpenFile read(Path name) throws IOException {
    try (LinuxDescriptor file = folder.held(name)) {
      return opened(file);
    }
  }

  /// Opens what is held, when it is a regular file.
  static OpenFile opened(LinuxDescriptor file) throws IOException {
    Facts facts = Facts.of(Files.readAttributes(file.alias(), PosixFileAttributes.class));
    if (!facts.isFile()) {
      throw new NotRegularFileException(file.path().toString(), facts.kind());
    }
    return new OpenFile(facts, Files.newByteChannel(file.alias(), StandardOpenOption.READ));
  }

  @Override
  public NewFile create(Path name) throws IOException {
    LinuxDescriptor file = folder.created(name);
    boolean whole = false;
    try {
      OpenOption write = StandardOpenOption.WRITE;
      SeekableByteChannel channel = Files.newByteChannel(file.alias(), write);
      PosixFileAttributeView view =
          Files.getFileAttributeView(file.alias(), PosixFileAttributeView.class);
      whole = true;
      return new NewFile(channel, view, file);
    } finally {
      if (!whole) {
        file.close();
      }
    }
  }

  @Override
  public SecureDirectoryStream<Path> stream() {
    return stream;
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      stream.close();
    }
  }
}
