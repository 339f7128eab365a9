package com.commaagents.base.file;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A file as a value, kept in memory until the file changes. Thread-safe.
///
/// Others may change it too: each change of ours is made to what is there by then, with a lock
/// beside the file that other processes of this program respect. What cannot be read is never
/// overwritten. Limit: a file larger than `maxBytes` is refused.
///
/// @param <T> an immutable value
public final class SharedFile<T> {
  private final Path path;
  private final int maxBytes;
  private final T absent;
  private final Function<byte[], T> reading;
  private final Object lock = new Object();
  private @Nullable Version readVersion;
  private T value;

  // A file replaced within the clock's grain has another key.
  private record Version(FileTime modified, long size, Optional<Object> key) {}

  /// @param absent the value of a file that does not exist
  /// @param reading makes the value; throws a [Fault] for content that is malformed
  public SharedFile(Path path, int maxBytes, T absent, Function<byte[], T> reading) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.absent = absent;
    this.reading = reading;
    this.value = absent;
  }

  public Path path() {
    return path;
  }

  /// What the file holds now.
  ///
  /// @throws Fault `LIMIT_EXCEEDED` when it is too large; `PERSISTENCE` when it cannot be read; and
  ///   what reading it throws
  public T value() {
    synchronized (lock) {
      refresh();
      return value;
    }
  }

  /// Replaces the file by what `edit` makes of its present value; it is on disk when this returns.
  ///
  /// @throws Fault as [#value], and `PERSISTENCE` when it cannot be written
  public void change(Function<T, byte[]> edit) {
    synchronized (lock) {
      try (FileGuard _ = FileGuard.of(path)) {
        refresh();
        PrivateFiles.replace(path, edit.apply(value));
        readVersion = null;
      } catch (IOException cause) {
        throw failed("write", cause);
      }
    }
  }

  private void refresh() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Version version =
          new Version(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey()));
      if (!version.equals(readVersion)) {
        value = load(attributes.size());
        readVersion = version;
      }
    } catch (NoSuchFileException none) {
      value = absent;
      readVersion = null;
    } catch (IOException cause) {
      throw failed("read", cause);
    }
  }

  private T load(long size) throws IOException {
    if (size > maxBytes) {
      throw new Fault(FaultCode.LIMIT_EXCEEDED, path + " is larger than " + maxBytes + " bytes");
    }
    // Not through a channel: an interruption of the run would close that and look like a bad disk.
    try (InputStream in = new FileInputStream(path.toFile())) {
      return reading.apply(in.readNBytes(maxBytes));
    }
  }

  // Without the exception's own words, which may quote what is written.
  private Fault failed(String what, IOException cause) {
    return new Fault(
        FaultCode.PERSISTENCE,
        "cannot " + what + " " + path + " (" + cause.getClass().getSimpleName() + ")",
        cause);
  }
}
