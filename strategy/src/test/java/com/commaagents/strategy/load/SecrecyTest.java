package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody points the loader at a file that is no strategy: nothing of it comes back.
class SecrecyTest {
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  static List<String> filesThatAreNoStrategies() {
    return List.of(
        "root:hunter2:0:0:hunter2:/hunter2:/bin/hunter2\ndaemon:x:1:1\n",
        "{\"hunter2\": \"hunter2\"}",
        "{\"hunter2\": \"hunter2\", \"hunter2\": 1}",
        "{\"hunter2\": \"hunter2\"",
        "{\"a\": hunter2}",
        "{\"a\": 1} hunter2",
        "[\"hunter2\", hunter2]",
        "\"hunter2",
        "hunter2",
        "name: hunter2",
        "{\"name\": \"hunter2\", \"hunter2\": []}",
        "a: *hunter2",
        "a: &hunter2 [*hunter2]",
        "a: !hunter2 b",
        "a: !hunter2! b",
        "!<hunter2> b",
        "%TAG !x! hunter2\n---\n!hunter2!a b",
        "%hunter2",
        "a: \"\\hunter2\"",
        "a: @hunter2",
        "a: `hunter2`",
        "? [hunter2]\n: hunter2",
        "a: |hunter2\n  b",
        "a: 'hunter2",
        "hunter2: a: hunter2",
        "hunter2\n\thunter2: [",
        "--- hunter2\n--- hunter2",
        "hunter2: {hunter2: {hunter2",
        "-----BEGIN PRIVATE KEY-----\nhunter2==\n-----END PRIVATE KEY-----\n");
  }

  @ParameterizedTest
  @MethodSource("filesThatAreNoStrategies")
  void tellsNothingOfAFileThatIsNoStrategy(String content) {
    for (String name : List.of("x.json", "x.jsonc", "x.yaml")) {
      assertThat(message(name, content)).as(name).doesNotContain(SECRET).doesNotContain("hunter");
    }
  }

  /// `mcpServers` and prompts may hold secrets in any strategy.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcpServers: {m: {transport: stdio, command: c, env: {A: [hunter2]}}}",
        "mcpServers: {m: {transport: http, url: {env: [hunter2]}, headers: hunter2}}",
        "description: {hunter2: hunter2}",
        "agents: {a: {model: [hunter2], systemPrompt: [hunter2], maxSteps: hunter2}}",
        "agents: {a: {model: m, providerOptions: {openai: hunter2}, modelOptions: {seed:"
            + " hunter2}}}",
        "agents: {a: {model: m, systemPromptTemplate: {template: [hunter2], variables: hunter2}}}"
      })
  void tellsNoValueOfAStrategyButNames(String line) {
    assertThat(message("x.yaml", "name: n\nversion: v\n" + line))
        .contains("Strategy validation failed")
        .doesNotContain(SECRET);
  }

  @Test
  void saysWhatAStrategyIsInstead() {
    assertThat(message("x.json", "\n {\"name\": \"hunter2\"}"))
        .isEqualTo(
            "Not a strategy: "
                + folder.resolve("x.json")
                + "\n"
                + "  - x.json:2:2: expected an object with the fields name, version, agents,"
                + " flow");
  }

  @Test
  void showsNamesCutAndWithoutWhatATerminalObeys() {
    String name = "\\e[31m" + "x".repeat(200);
    assertThat(message("x.yaml", "name: n\nversion: v\n\"" + name + "\": 1"))
        .contains("[\"\uFFFD[31m" + "x".repeat(55) + "…\"]: unknown field")
        .doesNotContain("\u001B")
        .doesNotContain("x".repeat(61));
  }

  private String message(String fileName, String content) {
    return switch (new LoadFixture(folder).check(fileName, content)) {
      case LoadResult.Loaded loaded -> throw new AssertionError("loaded " + loaded);
      case LoadResult.Rejected rejected -> rejected.message();
    };
  }
}
