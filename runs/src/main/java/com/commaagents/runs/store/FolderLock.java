package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to write into a folder: held by one process, given back by the system when it dies.
/// Thread-safe.
///
/// INVARIANT: this process never opens a lock file that it holds. A lock of the system belongs to
/// the whole process, and closing any handle on the file gives it up.
final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String NAME = "runs.lock";
  private static final int MAX_HOLDER_BYTES = 1024;

  // As wide as the system's locks are: the process. Real folder → who holds it.
  private static final ConcurrentMap<Path, String> HELD_BY_THIS_PROCESS = new ConcurrentHashMap<>();

  private final Path folder;
  private final FileChannel channel;
  private boolean closed;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Path folder, String holder) throws IOException {
    Path real = folder.toRealPath();
    String earlier = HELD_BY_THIS_PROCESS.putIfAbsent(real, holder);
    if (earlier != null) {
      throw inUse(folder, earlier);
    }
    boolean taken = false;
    try {
      FolderLock lock = new FolderLock(real, lock(folder, holder));
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD_BY_THIS_PROCESS.remove(real);
      }
    }
  }

  /// Who holds a folder right now.
  ///
  /// @return empty when nobody does, or the folder has no lock that can be asked
  static Optional<String> holder(Path folder) {
    try {
      String ours = HELD_BY_THIS_PROCESS.get(folder.toRealPath());
      if (ours != null) {
        return Optional.of(ours);
      }
      Path file = folder.resolve(NAME);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        return lock == null ? Optional.of(named(file)) : Optional.empty();
      }
    } catch (IOException notToBeAsked) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException ignored) {
      LOG.debug("giving up a lock failed", ignored);
    } finally {
      HELD_BY_THIS_PROCESS.remove(folder);
    }
  }

  private static FileChannel lock(Path folder, String holder) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file(file));
    boolean locked = false;
    try {
      if (channel.tryLock() == null) {
        throw inUse(folder, named(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static Fault inUse(Path folder, String holder) {
    return new Fault(
        FaultCode.CONFLICT,
        "The runs folder "
            + folder
            + " is in use by "
            + holder
            + ". Stop that process, or use another folder.");
  }

  private static String named(Path file) throws IOException {
    byte[] bytes = new byte[MAX_HOLDER_BYTES];
    try (var in = Files.newInputStream(file)) {
      int count = in.readNBytes(bytes, 0, bytes.length);
      return count == 0 ? "another process" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    }
  }
}
