package com.commaagents.tools.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The processes of the machine, as `/proc` of Linux tells them; elsewhere there are none.
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int MAX_ENVIRONMENT_BYTES = 512 << 10;
  static final int MAX_LOOKS = 500;
  private static final long PAUSE_NANOS = 100_000;
  // Of the flags of a process: it is a thread of the kernel.
  private static final long KERNEL_THREAD = 0x0020_0000;

  private ProcessTable() {}

  /// A process that is alive; one that has ended and is not yet buried is not, nor are the kernel's
  /// own threads.
  ///
  /// @param startTicks when it began, in the kernel's own count
  record Row(long pid, long parent, long group, long session, long startTicks) {

    /// Whether its environment, as it was when the program began, holds a text.
    boolean environmentHolds(String text) {
      return holds(text, this::shown);
    }

    // Empty where it has ended meanwhile, or is not ours.
    private Optional<String> shown(String what) {
      try (InputStream file =
          Files.newInputStream(PROC.resolve(Long.toString(pid)).resolve(what))) {
        byte[] bytes = file.readNBytes(MAX_ENVIRONMENT_BYTES);
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
      } catch (IOException endedOrNotOurs) {
        return Optional.empty();
      }
    }
  }

  /// What a process shows of itself, by the name of the file.
  @FunctionalInterface
  interface Shown {
    Optional<String> of(String file);
  }

  /// Whether an environment holds a text.
  ///
  /// While a process takes another program (`exec`) it shows neither environment nor arguments: one
  /// that was just forked would not be found, and whoever could tell that it is a child may have
  /// been killed. So it is looked at again, until it shows one of them.
  static boolean holds(String text, Shown shown) {
    for (int look = 0; look < MAX_LOOKS; look++) {
      Optional<String> environment = shown.of("environ");
      if (environment.isEmpty()) {
        return false;
      }
      if (!environment.get().isEmpty()) {
        return environment.get().contains(text);
      }
      // The arguments are there no later than the environment, which is then looked at once more.
      if (shown.of("cmdline").filter(String::isEmpty).isEmpty()) {
        return shown.of("environ").filter(late -> late.contains(text)).isPresent();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return rows;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        row(entry).ifPresent(rows::add);
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      return rows;
    }
    return rows;
  }

  static Optional<Row> row(long pid) {
    return row(PROC.resolve(Long.toString(pid)));
  }

  // Source: proc_pid_stat(5). The name in brackets may hold anything, so it is skipped from behind.
  private static Optional<Row> row(Path entry) {
    try {
      String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      char state = fields[0].charAt(0);
      boolean kernel = (Long.parseLong(fields[6]) & KERNEL_THREAD) != 0;
      if (state == 'Z' || state == 'X' || kernel) {
        return Optional.empty();
      }
      return Optional.of(
          new Row(
              Long.parseLong(String.valueOf(entry.getFileName())),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[19])));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
