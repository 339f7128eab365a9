package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to write into a folder: held by one process, given back by the system when it dies.
final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String NAME = "runs.lock";
  private static final int MAX_HOLDER_BYTES = 1024;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder, String holder) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file(file));
    if (tryLock(channel) == null) {
      channel.close();
      throw new Fault(
          FaultCode.CONFLICT,
          "The runs folder "
              + folder
              + " is in use by "
              + holder(file)
              + ". Stop that process, or use another folder.");
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    return new FolderLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      LOG.debug("giving up a lock failed", ignored);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static String holder(Path file) throws IOException {
    byte[] bytes = new byte[MAX_HOLDER_BYTES];
    try (var in = Files.newInputStream(file)) {
      int count = in.readNBytes(bytes, 0, bytes.length);
      return count == 0 ? "another process" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    }
  }
}
