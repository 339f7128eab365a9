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

/// The processes of the machine, as `/proc` of Linux tells them; elsewhere there are none.
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int MAX_ENVIRONMENT_BYTES = 512 << 10;

  private ProcessTable() {}

  /// A process that is alive; one that has ended and is not yet buried is not.
  ///
  /// @param startTicks when it began, in the kernel's own count
  record Row(long pid, long parent, long group, long session, long startTicks) {

    /// Whether its environment, as it was when the program began, holds a text.
    boolean environmentHolds(String text) {
      try (InputStream environment =
          Files.newInputStream(PROC.resolve(Long.toString(pid)).resolve("environ"))) {
        byte[] bytes = environment.readNBytes(MAX_ENVIRONMENT_BYTES);
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
      } catch (IOException endedOrNotOurs) {
        return false;
      }
    }
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
      if (state == 'Z' || state == 'X') {
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
