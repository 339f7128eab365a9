package com.commaagents.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command writes and what it reads. Thread-safe but for reading, which one thread does.
public interface Terminal {
  /// Writes results, exactly this text, and shows it at once.
  void out(String text);

  /// As [#out], of bytes that are written as they are.
  default void out(byte[] bytes, int count) {
    out(new String(bytes, 0, count, StandardCharsets.UTF_8));
  }

  /// Writes a line of what is not a result: progress, hints, failures.
  void err(String line);

  /// The next line a person types, without its end; empty at the end of input. Blocks.
  Optional<String> readLine() throws IOException;

  /// As [#readLine], after a prompt and without showing what is typed.
  Optional<String> readSecret(String prompt) throws IOException;

  /// The rest of the standard input, at most `maxBytes`; more is an `IOException`.
  String readAll(int maxBytes) throws IOException;

  /// Whether a person sits at it: standard input and output are both a terminal.
  boolean interactive();

  /// Whether the output shows colours.
  boolean colours();

  /// How wide the output is, in characters.
  int columns();
}
