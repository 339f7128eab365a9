package com.commaagents.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ToolTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"path\":\"a.txt\",\"startLine\":3}|tool a.txt",
        "{\"command\":\"ls\\n-l\",\"path\":\"x\"}|tool ls -l x",
        "{\"n\":3,\"deep\":{\"a\":[1]}}|tool n=3 deep={\"a\":[1]}",
        "{}|tool",
        "not json|tool not json",
      })
  void saysACallInFewWords(String arguments, String words) {
    assertThat(ToolText.call(event().put("args", arguments))).isEqualTo(words);
  }

  @Test
  void cutsLongArgumentsAndOutcomes() {
    String longest = "x".repeat(ToolText.MAX_ARGUMENTS);
    assertThat(ToolText.call(event().put("args", "{\"path\":\"" + longest + "\"}")))
        .isEqualTo("tool " + longest);
    assertThat(ToolText.call(event().put("args", "{\"path\":\"" + longest + "y\"}")))
        .isEqualTo("tool " + longest.substring(1) + "…");
    assertThat(ToolText.outcome(event().put("output", "z".repeat(ToolText.MAX_OUTCOME + 1))))
        .isEqualTo("z".repeat(ToolText.MAX_OUTCOME - 1) + "…");
  }

  @Test
  void namesTheServerOfAToolThatComesFromOne() {
    ObjectNode event = event();
    event.putObject("mcp").put("serverId", "files").put("toolName", "read");
    assertThat(ToolText.call(event)).isEqualTo("files/read");
  }

  @Test
  void givesTheReasonWhenACallFailed() {
    ObjectNode event =
        event().put("status", "error").put("output", "").put("error", "unknown tool");
    assertThat(ToolText.succeeded(event)).isFalse();
    assertThat(ToolText.outcome(event)).isEqualTo("unknown tool");
  }

  private static ObjectNode event() {
    return Json.object().put("toolName", "tool");
  }
}
