package com.commaagents.tools.disk;

import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/// A file's content as it was read, with what its folder said of it.
@SuppressWarnings("ArrayRecordComponent") // Read-only by agreement: a copy of 16 MiB is too dear.
public record Content(byte[] bytes, Facts facts) {
  /// The largest file that is read as a whole.
  public static final int MAX_BYTES = 16 << 20;

  /// Reads a regular file.
  ///
  /// @throws ToolError FILE_TOO_LARGE past [#MAX_BYTES]
  public static Content read(Directory directory, Path name) throws IOException, ToolError {
    try (OpenFile file = directory.read(name)) {
      Facts facts = file.facts();
      if (facts.size() > MAX_BYTES) {
        throw tooLarge(name);
      }
      // The size is a hint only: files of /proc say 0, and a file may grow while it is read.
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(facts.size(), 4096) + 1);
      while (file.channel().read(buffer) >= 0) {
        if (!buffer.hasRemaining()) {
          buffer = grown(buffer, name);
        }
      }
      return new Content(Arrays.copyOf(buffer.array(), buffer.position()), facts);
    }
  }

  private static ByteBuffer grown(ByteBuffer full, Path name) throws ToolError {
    if (full.capacity() > MAX_BYTES) {
      throw tooLarge(name);
    }
    int capacity = (int) Math.min(2L * full.capacity(), MAX_BYTES + 1L);
    return ByteBuffer.allocate(capacity).put(full.flip());
  }

  private static ToolError tooLarge(Path name) {
    return new ToolError(
        ErrorKind.FILE_TOO_LARGE,
        Printable.name(name.toString()) + " is larger than " + MAX_BYTES + " bytes",
        "read or change a part of it with run_command, for example with sed, head or tail.");
  }

  public String sha256() {
    return Sha256.of(bytes);
  }
}
