package com.commaagents.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunColumnsTest {
  private static final String UUID = "a7e2ed17-20e6-4062-9aff-6f914e1b73cb";

  @Test
  void showsTheFolderWhereThereIsRoom() {
    assertThat(text(120))
        .isEqualTo(
            """
            RUN                                   STATUS     AGE     SIZE  STRATEGY                  FOLDER
            a7e2ed17-20e6-4062-9aff-6f914e1b73cb  completed  3 d  2.0 KiB  a strategy with a long …  …der/somewhere/deep/in/the/tree
            short                                 running    2 h    100 B  a strategy with a long …  …der/somewhere/deep/in/the/tree
            """);
  }

  @Test
  void cutsTheStrategyWhereThereIsLittle() {
    assertThat(text(80))
        .isEqualTo(
            """
            RUN                                   STATUS     AGE     SIZE  STRATEGY
            a7e2ed17-20e6-4062-9aff-6f914e1b73cb  completed  3 d  2.0 KiB  a strategy with …
            short                                 running    2 h    100 B  a strategy with …
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 99, 100, 120, 200})
  void staysWithinTheWidthAndKeepsIdsWhole(int columns) {
    assertThat(text(columns).lines())
        .allMatch(line -> line.length() <= columns)
        .anyMatch(line -> line.startsWith(UUID + " "));
  }

  private static String text(int columns) {
    return new RunColumns(columns, Rows.NOW)
        .text(
            List.of(
                Rows.finished(UUID, Duration.ofDays(3), 2048),
                Rows.running("short", Duration.ofHours(2), 100)));
  }
}
