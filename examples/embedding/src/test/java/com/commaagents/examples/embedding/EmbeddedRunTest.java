package com.commaagents.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRunTest {
  @TempDir private Path folder;

  @Test
  void showsBothPromptsOfOneRun() throws InterruptedException {
    assertThat(output())
        .isEqualTo(
            """

            host: Something warm for you: a pot of oolong.
            kitchen: Five grams, 90 degrees, three minutes.
            host: Then mint, without caffeine.
            kitchen: A handful of leaves, boiling water, ten minutes.
            first: completed
            second: completed
            """);
  }

  @Test
  void keepsOneTimelineWithTwoSegments() throws IOException, InterruptedException {
    output();
    try (var files = Files.list(folder)) {
      Path timeline = files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().get();
      assertThat(Files.readAllLines(timeline))
          .filteredOn(line -> line.contains("\"run_completed\""))
          .hasSize(2)
          .allMatch(line -> line.contains("\"completed\""));
    }
  }

  private String output() throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EmbeddedRun.run(
        Path.of("strategy", "tea.yaml").toAbsolutePath(),
        folder,
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
