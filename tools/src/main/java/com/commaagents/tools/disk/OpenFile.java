package com.commaagents.tools.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/// A regular file that is open to be read.
///
/// @param facts what it is; on Linux what is open, elsewhere what had its name just before
public record OpenFile(Facts facts, SeekableByteChannel channel) implements Closeable {
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
