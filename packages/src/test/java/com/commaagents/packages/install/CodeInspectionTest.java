package com.commaagents.packages.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.packages.registry.Release;
import com.commaagents.packages.testing.TestRegistry;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.installed.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeInspectionTest {
  private static final Release RELEASE =
      new Release(
          new PackageName("a", "b"),
          "1",
          "b.zip",
          "0".repeat(64),
          1,
          new Permissions(false, Filesystem.NONE, true, true),
          Optional.empty());

  @TempDir Path folder;

  @BeforeEach
  void lay() throws IOException {
    Files.createDirectories(folder.resolve("strategies"));
    Files.writeString(folder.resolve("strategies/main.json"), TestRegistry.strategy(""));
    Files.writeString(
        folder.resolve("comma-project.json"),
        TestRegistry.manifest("@a/b", "1", "{\"shell\":true,\"executesCode\":true}"));
  }

  @Test
  void tellsAsMuchAsAPersonReads() throws IOException {
    for (int i = 0; i < CodeInspection.MAX_TOLD; i++) {
      Files.writeString(
          folder.resolve("s%02d.json".formatted(i)), TestRegistry.strategy("run_command"));
    }
    assertThat(told())
        .hasSize(CodeInspection.MAX_TOLD + 2)
        .noneMatch(line -> line.contains("more"));
    Files.writeString(folder.resolve("t.json"), TestRegistry.strategy("run_command"));
    assertThat(told()).hasSize(CodeInspection.MAX_TOLD + 3).contains("  … and 1 more");
  }

  @Test
  void cutsACommandAndCleansIt() throws IOException {
    String words = "node " + "x".repeat(200 - "node ".length());
    assertThat(toldOf(words)).endsWith("runs " + words);
    assertThat(toldOf(words + "y")).endsWith("runs " + words + "…");
    assertThat(toldOf("a\u001b[2Jb")).endsWith("runs a\uFFFD[2Jb");
  }

  @Test
  void looksAtSoManyFiles() throws IOException {
    for (int i = 0; i < CodeInspection.MAX_FILES; i++) {
      Files.writeString(folder.resolve("a%03d.json".formatted(i)), "{}");
    }
    Files.writeString(folder.resolve("a499.json"), TestRegistry.strategy("run_command"));
    assertThat(told()).anyMatch(line -> line.startsWith("  - a499.json"));
    Files.writeString(folder.resolve("a000b.json"), "{}");
    assertThat(told()).noneMatch(line -> line.startsWith("  - a499.json"));
  }

  private String toldOf(String command) throws IOException {
    String server =
        "{\"mcpServers\":{\"x\":{\"transport\":\"stdio\",\"command\":\"%s\"}},"
            .formatted(command.replace("\u001b", "\\u001b"));
    Files.writeString(
        folder.resolve("s.json"),
        TestRegistry.strategy("").replaceFirst("\\{", server.replace("\\", "\\\\")));
    return told().get(1);
  }

  private List<String> told() throws IOException {
    return CodeInspection.refusal(Contents.of(folder, RELEASE), RELEASE, List.of())
        .message()
        .lines()
        .toList();
  }
}
