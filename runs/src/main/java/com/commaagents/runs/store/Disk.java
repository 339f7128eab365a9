package com.commaagents.runs.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Port: what the run store writes with. Thread-safe.
///
/// A file system may lose, in a crash of the machine, whatever was not forced: bytes of a file
/// without [DiskFile#force], and the name of a new file without [#forceFolder].
interface Disk {
  /// Opens a file to be read and written; makes it, for the owner alone, where it is missing.
  DiskFile open(Path file) throws IOException;

  boolean exists(Path file);

  /// Brings a folder's names to disk.
  void forceFolder(Path folder) throws IOException;

  /// Renames within a folder; a file that has the new name is replaced.
  void move(Path from, Path to) throws IOException;

  /// Removes a file, if it is there.
  void delete(Path file) throws IOException;

  /// A file that is open.
  interface DiskFile extends Closeable {
    /// As much as can be had at once; -1 at the end of the file.
    int read(ByteBuffer into, long at) throws IOException;

    /// As much as can be written at once.
    int write(ByteBuffer from, long at) throws IOException;

    /// Brings what was written to disk. After a failure it is unknown what is there, and a second
    /// attempt that succeeds says nothing about it.
    void force() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;

    /// Whether its name still leads to this file.
    boolean inPlace();

    /// Reads until the buffer is full.
    default void readFully(ByteBuffer into, long from) throws IOException {
      long at = from;
      while (into.hasRemaining()) {
        int count = read(into, at);
        if (count < 0) {
          throw new IOException("the file became shorter while it was read");
        }
        at += count;
      }
    }

    /// Writes the whole buffer.
    default void writeFully(ByteBuffer from, long to) throws IOException {
      long at = to;
      while (from.hasRemaining()) {
        int count = write(from, at);
        if (count <= 0) {
          throw new IOException("nothing more could be written");
        }
        at += count;
      }
    }
  }
}
