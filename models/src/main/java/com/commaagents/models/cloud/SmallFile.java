package com.commaagents.models.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads files that should be small.
final class SmallFile {
  static final int MAX_BYTES = 1 << 20;

  private SmallFile() {}

  /// The content; empty where there is no such file.
  ///
  /// @throws IOException when it cannot be read, or is larger than [#MAX_BYTES]; the message does
  ///   not name it
  static Optional<byte[]> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("is larger than " + MAX_BYTES + " bytes");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      String said = String.valueOf(unreadable.getMessage());
      throw said.startsWith("is larger") ? unreadable : new IOException("cannot be read");
    }
  }

  /// A path that somebody wrote.
  static Optional<Path> path(Path base, String written) {
    try {
      return Optional.of(base.resolve(written));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }
}
