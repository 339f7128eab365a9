package com.commaagents.runs.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Timelines in the shape in which the public Comma Agents daemon writes them.
final class Fixtures {
  static final List<String> NAMES =
      List.of(
          "completed",
          "error",
          "cancelled",
          "unfinished",
          "continued",
          "prompt-without-record",
          "compacted",
          "crashed-then-started",
          "end-without-start",
          "end-then-start",
          "tools",
          "newer");

  private Fixtures() {}

  /// The entries of a timeline, none of which is damaged.
  static List<TimelineEntry> entries(String name) {
    return lines(name).stream().map(line -> TimelineReader.read(line).orElseThrow()).toList();
  }

  static List<byte[]> lines(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/timelines/" + name + ".jsonl")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
