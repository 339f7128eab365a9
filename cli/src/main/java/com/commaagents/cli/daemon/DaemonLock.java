package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to be the one daemon of a data folder, held until closed or until the process ends.
///
/// INVARIANT: a file lock is the only thing that decides; what the file says is for people and for
/// clients that look for the daemon. The locked byte is far behind the text, so that the text can
/// be read where locks are mandatory.
final class DaemonLock implements AutoCloseable {
  static final int MAX_BYTES = 4096;

  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private DaemonLock(FileChannel channel) {
    this.channel = channel;
  }

  static Path file(Path dataDirectory) {
    return dataDirectory.resolve("daemon.lock");
  }

  /// Takes the lock, or is empty where another daemon has it.
  ///
  /// @throws Fault `PERSISTENCE` when the file cannot be made or locked
  static Optional<DaemonLock> tryTake(Path dataDirectory) {
    Path file = file(dataDirectory);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return Optional.of(new DaemonLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException refused) {
      throw new Fault(FaultCode.PERSISTENCE, "The lock file " + file + " cannot be used.", refused);
    }
  }

  @SuppressWarnings("resource") // The channel owns the lock and ends it.
  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /// Writes down who holds the lock.
  void announce(LockHolder holder) {
    try {
      ByteBuffer text = ByteBuffer.wrap(holder.write().getBytes(StandardCharsets.UTF_8));
      channel.truncate(0);
      channel.write(text, 0);
    } catch (IOException refused) {
      throw new Fault(FaultCode.PERSISTENCE, "The lock file cannot be written.", refused);
    }
  }

  /// The holder the file names, whether it lives or not.
  static Optional<LockHolder> read(Path dataDirectory) {
    Path file = file(dataDirectory);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      return LockHolder.parse(Files.readString(file));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// Clears the name and gives the lock back.
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException gone) {
      // The folder may have been removed; the lock ends with the channel in any case.
    }
  }
}
