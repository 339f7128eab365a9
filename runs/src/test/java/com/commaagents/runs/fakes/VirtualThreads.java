package com.commaagents.runs.fakes;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which virtual threads are alive.
public final class VirtualThreads {
  private VirtualThreads() {}

  /// The names of the living threads that begin so.
  ///
  /// @param scratch a file to be written and deleted
  public static List<String> named(Path scratch, String... beginnings) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(
            scratch.toAbsolutePath().toString(),
            HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    String dump = Files.readString(scratch);
    Files.delete(scratch);
    return dump.lines()
        .filter(line -> line.startsWith("#") && line.contains(" virtual"))
        .map(line -> line.replaceFirst("^#\\d+ \"", ""))
        .filter(line -> Stream.of(beginnings).anyMatch(line::startsWith))
        .toList();
  }
}
