package com.commaagents.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClaudeModelsTest {
  private static final List<String> OLD =
      List.of(
          "claude-3-5-sonnet-20241022",
          "claude-3-haiku-20240307",
          "claude-opus-4-20250514",
          "claude-opus-4-1-20250805",
          "anthropic.claude-sonnet-4-20250514-v1:0");
  private static final List<String> MIDDLE =
      List.of(
          "claude-sonnet-4-5-20250929",
          "claude-haiku-4-5@20251001",
          "us.anthropic.claude-opus-4-6-v1",
          "claude-opus-4-8");
  private static final List<String> NEW =
      List.of("claude-opus-5", "claude-fable-5", "global.anthropic.claude-sonnet-5");
  private static final List<String> BOUND =
      List.of("claude-fable-5-1", "claude-opus-5-5", "anthropic.claude-sonnet-5-5-v1:0");
  private static final List<String> OTHERS = List.of("kimi-k2", "gpt-5-5", "amazon.nova-pro-v1:0");

  @Test
  void tellsGenerationsByTheVersionWhereverANameStands() {
    for (String model : OLD) {
      check(model, false, false, false);
    }
    for (String model : MIDDLE) {
      check(model, true, false, false);
    }
    for (String model : NEW) {
      check(model, true, true, false);
    }
    for (String model : BOUND) {
      check(model, true, true, true);
    }
    for (String model : OTHERS) {
      check(model, false, false, false);
    }
    check("claude-mythos-preview", false, true, false);
  }

  private static void check(String model, boolean schema, boolean untold, boolean bound) {
    assertThat(ClaudeModels.enforceSchema(model)).as(model).isEqualTo(schema);
    assertThat(ClaudeModels.mayThinkUntold(model)).as(model).isEqualTo(untold);
    assertThat(ClaudeModels.bindThinking(model)).as(model).isEqualTo(bound);
  }
}
