package com.commaagents.runs.care;

import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Timelines as bytes: sound ones, and what is found in those that were damaged.
final class Damaged {
  static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
  static final Path FILE = Path.of("run-1.jsonl");
  static final int MAX_LINE_BYTES = 1 << 20;

  private Damaged() {}

  static byte[] fixture(String name) {
    try (InputStream in = Damaged.class.getResourceAsStream("/timelines/" + name + ".jsonl")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<Finding> examine(byte[] timeline) {
    try {
      return TimelineRepair.examine(new ByteArrayInputStream(timeline), FILE, MAX_LINE_BYTES);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static List<Kind> kinds(byte[] timeline) {
    return examine(timeline).stream().map(Finding::kind).toList();
  }

  static byte[] repair(byte[] timeline) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TimelineRepair.repair(new ByteArrayInputStream(timeline), out, FILE, MAX_LINE_BYTES, NOW);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  /// The lines that a reader of timelines can read, in order, as Latin-1 to keep every byte.
  static List<String> readable(byte[] timeline) {
    List<String> readable = new ArrayList<>();
    for (String line : new String(timeline, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (TimelineReader.read(line.getBytes(StandardCharsets.ISO_8859_1)).isPresent()) {
        readable.add(line);
      }
    }
    return readable;
  }
}
