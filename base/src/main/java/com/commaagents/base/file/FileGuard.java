package com.commaagents.base.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Keeps other processes of this program from changing a file at the same time: a lock on the empty
/// file `NAME.lock` beside it, which stays.
///
/// Limit: waits at most [#PATIENCE].
final class FileGuard implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final FileChannel channel;

  private FileGuard(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws IOException when somebody else holds it for too long, or this thread is interrupted
  static FileGuard of(Path file) throws IOException {
    Path path = PrivateFiles.target(file);
    PrivateFiles.makeFolder(path);
    FileChannel channel =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFiles.OWNER_ONLY);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (tryLock(channel) == null) {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
          throw new IOException("somebody else is changing it");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return new FileGuard(channel);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
