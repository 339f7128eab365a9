package com.commaagents.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void alignsCellsAndCutsTheLastWhereTheTerminalEnds() {
    List<List<String>> rows =
        List.of(List.of("NAME", "N", "WHAT"), List.of("a", "100", "0123456789abc"));
    assertThat(Columns.text(rows, Set.of(1), 80))
        .isEqualTo("NAME    N  WHAT\na     100  0123456789abc\n");
    assertThat(Columns.text(rows, Set.of(1), 22)).endsWith("a     100  0123456789…\n");
    assertThat(Columns.text(rows, Set.of(), 1)).endsWith("a     100  012345678…\n");
  }
}
