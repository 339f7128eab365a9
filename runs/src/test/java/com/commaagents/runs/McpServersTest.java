package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which MCP servers the agents of a run may name.
class McpServersTest {
  private static final ClientId ALICE = new ClientId("alice");

  @TempDir private Path folder;

  @Test
  void findsThemInTheStrategyAndBothFiles() throws IOException, InterruptedException {
    strategy("[own, shared, far]");
    write(
        "data/mcp.json",
        "{\"mcpServers\": {\"far\": {\"transport\": \"sse\", \"url\": \"http://localhost:1\"},"
            + " \"shared\": {\"transport\": \"sse\", \"url\": \"http://localhost:1\"},"
            + " \"own\": {\"transport\": \"sse\", \"url\": \"http://localhost:1\"}}}");
    write(
        "work/.comma/mcp.json",
        "{\"mcpServers\": {\"shared\": {\"transport\": \"http\", \"url\": \"http://localhost:1\","
            + " \"enabledByDefault\": false}}}");

    assertThat(prepare().mcpServers())
        .containsExactly(
            new DeclaredMcpServer("own", "strategy", "stdio", true, List.of("writer")),
            new DeclaredMcpServer("far", "global", "sse", true, List.of("writer")),
            new DeclaredMcpServer("shared", "workspace", "http", false, List.of("writer")));
  }

  @Test
  void refusesAnAgentThatNamesOneNobodyDefines() throws IOException {
    strategy("[elsewhere]");
    assertThatThrownBy(this::prepare)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("unknown MCP server \"elsewhere\"; there are: own");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    strategy("[own]");
    write("work/.comma/mcp.json", "{\"mcpServers\": {\"a\": {\"transport\": \"stdio\"}}}");
    assertThatThrownBy(this::prepare)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("mcp.json:1:22")
        .hasMessageContaining("mcpServers.a.command: missing");
  }

  private PreparedRun prepare() throws InterruptedException {
    try (RunSystem runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools())
                .withDataFolder(folder.resolve("data")))) {
      return runs.prepareRun(
          ALICE, PrepareRunOptions.of(folder.resolve("own.yaml")).withCwd(folder.resolve("work")));
    }
  }

  private void strategy(String named) throws IOException {
    write(
        "own.yaml",
        """
        name: own
        version: "1"
        mcpServers:
          own: { transport: stdio, command: nothing }
        agents:
          writer: { model: fake/echo, mcpServers: %s }
        flow: { type: sequential, name: main, steps: [{ agent: writer }] }
        """
            .formatted(named));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }
}
