package com.commaagents.tools.disk;

import com.commaagents.base.id.IdGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Files that are there whole or not at all: written beside, forced to disk, then renamed.
///
/// An interruption or a failure leaves what was there before, and nothing beside it.
public final class AtomicFile {
  private static final int BUFFER_BYTES = 64 << 10;

  private final IdGenerator ids;

  public AtomicFile(IdGenerator ids) {
    this.ids = ids;
  }

  /// Puts content in the place of a file, with its permissions and owner.
  public void replace(Directory directory, Path name, byte[] content, Facts old)
      throws IOException {
    write(directory, name, channel -> writeAll(channel, content), old);
  }

  /// Makes a file that did not exist.
  ///
  /// The name is taken first by an empty file, so that nothing is ever overwritten.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when it exists
  public void create(Directory directory, Path name, byte[] content) throws IOException {
    reserve(directory, name);
    boolean done = false;
    try {
      write(
          directory,
          name,
          channel -> writeAll(channel, content),
          directory.facts(name).orElseThrow(() -> new IOException("the new file vanished")));
      done = true;
    } finally {
      if (!done) {
        directory.deleteFile(name);
      }
    }
  }

  /// Takes a name with an empty file.
  public static void reserve(Directory directory, Path name) throws IOException {
    directory.create(name);
  }

  /// Copies a file, with its permissions and owner, over what has the target's name.
  public void copy(Directory from, Path name, Directory to, Path targetName) throws IOException {
    try (OpenFile source = from.read(name)) {
      write(to, targetName, channel -> copyAll(source.channel(), channel), source.facts());
    }
  }

  private interface Body {
    void writeTo(SeekableByteChannel channel) throws IOException;
  }

  private void write(Directory directory, Path name, Body body, Facts as) throws IOException {
    Path beside = Path.of(".comma-" + ids.next() + ".tmp");
    Optional<Path> left = Optional.empty();
    try (NewFile made = directory.createPrivate(beside)) {
      left = Optional.of(beside);
      body.writeTo(made.channel());
      made.dress(as);
      if (made.channel() instanceof FileChannel file) {
        file.force(true);
      }
      directory.move(beside, directory, name);
      left = Optional.empty();
    } finally {
      if (left.isPresent()) {
        directory.deleteFile(beside);
      }
    }
  }

  private static void writeAll(SeekableByteChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void copyAll(ReadableByteChannel source, SeekableByteChannel target)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (source.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
      buffer.clear();
    }
  }
}
