package com.commaagents.runs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much of a run's timeline was acknowledged at a moment.
///
/// @param inFile as many bytes from the front of its file, which may hold more
/// @param owed what follows them and is not known to be in the file; not to be changed
@SuppressWarnings("ArrayRecordComponent") // a value that is used once, never compared
record Acknowledged(long inFile, byte[] owed) {
  static final Acknowledged WHOLE_FILE = new Acknowledged(Long.MAX_VALUE, new byte[0]);

  /// Reads it.
  InputStream read(Path file) throws IOException {
    InputStream front = new Front(Files.newInputStream(file), inFile);
    return owed.length == 0
        ? front
        : new SequenceInputStream(front, new ByteArrayInputStream(owed));
  }

  /// The first bytes of a stream.
  private static final class Front extends InputStream {
    private final InputStream in;
    private long left;

    Front(InputStream in, long bytes) {
      this.in = in;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
