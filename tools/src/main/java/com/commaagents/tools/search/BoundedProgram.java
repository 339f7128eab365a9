package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs a program that reads nothing but files: without input, with an empty environment. However
/// it ends, when a call returns or throws the program has been killed if it had not ended.
///
/// Limits: [#PATIENCE] for the program, beside the time of the search; [#MAX_OUTPUT_BYTES] and
/// [#MAX_ERROR_BYTES] of what it says, more counts as nothing.
final class BoundedProgram {
  static final Duration PATIENCE = Duration.ofSeconds(3);
  static final int MAX_OUTPUT_BYTES = 4 << 20;
  static final int MAX_ERROR_BYTES = 64 << 10;

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final int BUFFER_BYTES = 64 << 10;

  private final Clock clock;
  private final TimeLimit time;

  BoundedProgram(Clock clock, TimeLimit time) {
    this.clock = clock;
    this.time = time;
  }

  /// What a program said, a character for each byte.
  record Said(int exit, String output, String errors) {}

  /// Runs it to its end.
  ///
  /// @param mostEntries how many zero bytes its output may have, more counts as too much
  /// @return empty where it took too long or said too much
  /// @throws IOException when it cannot be started
  /// @throws TimeLimit.Stopped when the search is to end
  Optional<Said> run(List<String> command, Path directory, int mostEntries)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    Process process = builder.start();
    try (InputStream out = process.getInputStream();
        InputStream errors = process.getErrorStream()) {
      process.getOutputStream().close();
      return listen(
          process,
          new Capture(out, MAX_OUTPUT_BYTES, mostEntries),
          new Capture(errors, MAX_ERROR_BYTES, 0));
    } finally {
      process.destroyForcibly();
    }
  }

  // Looks what is there, again and again: a read could not be interrupted.
  private Optional<Said> listen(Process process, Capture output, Capture errors)
      throws IOException, InterruptedException {
    long deadlineNanos = clock.nanos() + PATIENCE.toNanos();
    boolean ended = false;
    while (true) {
      boolean read = output.drain();
      read |= errors.drain();
      if (output.isTooMuch() || errors.isTooMuch() || clock.nanos() - deadlineNanos > 0) {
        return Optional.empty();
      }
      if (ended && !read) {
        return Optional.of(new Said(process.exitValue(), output.text(), errors.text()));
      }
      time.check();
      ended = ended || (!read && process.waitFor(PAUSE));
    }
  }

  private static final class Capture {
    private final InputStream stream;
    private final int maxBytes;
    private final int maxZeros;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int zeros;

    Capture(InputStream stream, int maxBytes, int maxZeros) {
      this.stream = stream;
      this.maxBytes = maxBytes;
      this.maxZeros = maxZeros;
    }

    boolean drain() throws IOException {
      int waiting = stream.available();
      int read = waiting <= 0 ? 0 : stream.read(buffer, 0, Math.min(waiting, buffer.length));
      if (read <= 0) {
        return false;
      }
      for (int i = 0; i < read; i++) {
        zeros += buffer[i] == 0 ? 1 : 0;
      }
      kept.write(buffer, 0, read);
      return true;
    }

    boolean isTooMuch() {
      return kept.size() > maxBytes || zeros > maxZeros;
    }

    String text() {
      return kept.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
