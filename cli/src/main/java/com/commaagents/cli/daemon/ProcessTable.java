package com.commaagents.cli.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which processes live, and whether a pid still means the process it was written down for.
final class ProcessTable {
  /// Starts are known to a hundredth of a second, file times may be rounded to a second or two.
  static final Duration START_TOLERANCE = Duration.ofSeconds(3);

  private ProcessTable() {}

  /// Whether the process that wrote `pid` down at `writtenAt` lives.
  ///
  /// A process that started later has been given the pid of a dead one. One whose start is unknown
  /// is taken for the writer: better not to start than to run two daemons on one folder.
  static boolean lives(long pid, Instant writtenAt) {
    if (pid <= 0) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty() || !process.get().isAlive() || isZombie(pid)) {
      return false;
    }
    Optional<Instant> start = process.get().info().startInstant();
    return start.isEmpty() || !start.get().isAfter(writtenAt.plus(START_TOLERANCE));
  }

  // In a container nobody may collect a process that has ended; its pid then stays for ever.
  private static boolean isZombie(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
      return text.startsWith(") Z", text.lastIndexOf(')'));
    } catch (IOException noSuchFile) {
      return false;
    }
  }
}
