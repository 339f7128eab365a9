package com.commaagents.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import org.junit.jupiter.api.Test;

class ToolLinesTest {
  private final ToolLines lines = new ToolLines();

  private String take(int index, String text) {
    return lines.take(
        "coder", Json.object().put("toolCallId", "c1").put("index", index).put("text", text));
  }

  @Test
  void showsSoManyLinesOfACallAndSaysThatThereAreMore() {
    String all = "x\n".repeat(ToolLines.MOST_LINES - 1);
    assertThat(take(0, all)).isEqualTo(all);
    assertThat(take(1, "half")).isEqualTo("half");
    assertThat(take(2, " a line\nmore\n")).isEqualTo(" a line\n" + ToolLines.ENOUGH + "\n");
    assertThat(take(3, "more\n")).isEmpty();
    assertThat(take(9, "more\n")).isEmpty();
  }

  @Test
  void showsSoManyCharactersOfALineThatDoesNotEnd() {
    String most = "x".repeat(ToolLines.MOST_CHARACTERS - 1);
    assertThat(take(0, most)).isEqualTo(most);
    assertThat(take(1, "yz")).isEqualTo("y\n" + ToolLines.ENOUGH + "\n");
    assertThat(take(2, "z\n")).isEmpty();
  }

  @Test
  void leavesOutWhatComesAgain() {
    assertThat(take(0, "one\n")).isEqualTo("one\n");
    assertThat(take(1, "two\n")).isEqualTo("two\n");
    assertThat(take(0, "one\n")).isEmpty();
    assertThat(take(1, "two\n")).isEmpty();
    assertThat(take(2, "three\n")).isEqualTo("three\n");
  }

  @Test
  void saysWhereSomethingIsMissing() {
    assertThat(take(3, "late\n")).isEqualTo(ToolLines.HOLE + "\nlate\n");
    assertThat(take(4, "next")).isEqualTo("next");
    assertThat(take(6, "later\n")).isEqualTo("\n" + ToolLines.HOLE + "\nlater\n");
  }

  @Test
  void beginsAnewAfterTheCallHasEnded() {
    take(0, "x\n".repeat(ToolLines.MOST_LINES + 1));
    assertThat(take(1, "y\n")).isEmpty();
    lines.forget("coder", Json.object().put("toolCallId", "c1"));
    assertThat(take(0, "y\n")).isEqualTo("y\n");
  }
}
