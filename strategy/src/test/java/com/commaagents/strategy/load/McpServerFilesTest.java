package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.commaagents.base.fault.Fault;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpServerFilesTest {
  @TempDir private Path folder;
  private Path cwd;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("work/.comma"));
    cwd = folder.resolve("work");
    data = Files.createDirectories(folder.resolve("data"));
  }

  @Test
  void aFileThatIsNotThereDefinesNone() {
    assertThat(McpServerFiles.read(cwd, data)).isEmpty();
    assertThat(McpServerFiles.read(folder.resolve("nowhere"), folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  void theWorkingFolderCountsOverTheDataFolder() throws IOException {
    global("{\"mcpServers\": {\"a\": %s, \"b\": %s}}".formatted(stdio("one"), stdio("two")));
    workspace(
        "{\"mcpServers\": {\"b\": {\"transport\": \"http\", \"url\": {\"env\": \"URL\"},"
            + " \"enabledByDefault\": false}}}");
    var servers = McpServerFiles.read(cwd, data);
    assertThat(servers.sequencedKeySet()).containsExactly("a", "b");
    assertThat(servers.values())
        .extracting(McpServer::source, McpServer::transport, McpServer::enabledByDefault)
        .containsExactly(
            tuple(Source.GLOBAL, "stdio", true), tuple(Source.WORKSPACE, "http", false));
  }

  @Test
  void tellsAllProblemsOfAFileWithTheirPlaces() throws IOException {
    workspace(
        """
        {
          "mcpServers": {
            "a": {"transport": "stdio", "comand": "x"},
            "b": {"transport": "http", "url": {"env": ""}},
            "c": []
          }
        }
        """);
    assertThatThrownBy(() -> McpServerFiles.read(cwd, data))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(".comma/mcp.json. Correct the file:")
        .hasMessageContaining("mcp.json:3:")
        .hasMessageContaining("mcpServers.a.comand: unknown field")
        .hasMessageContaining("mcpServers.a.command: missing")
        .hasMessageContaining("mcp.json:4:")
        .hasMessageContaining("mcpServers.c: expected an object, found a list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hunter2\": \"hunter2\"}",
        "hunter2",
        "[\"hunter2\"]",
        "{\"a\": hunter2}",
        "{\"mcpServers\": \"hunter2\"}",
        "{\"mcpServers\": {\"a\": \"hunter2\"}}",
        "{\"mcpServers\": {\"a\": {\"transport\": \"http\", \"url\": [\"hunter2\"],"
            + " \"headers\": {\"x\": [\"hunter2\"]}}}}"
      })
  void showsNoValueOfAFileItCannotUse(String content) throws IOException {
    global(content);
    assertThatThrownBy(() -> McpServerFiles.read(cwd, data))
        .isInstanceOf(Fault.class)
        .message()
        .contains("mcp.json")
        .doesNotContain("hunter");
  }

  @Test
  void takesAFileOfTheLargestSizeAndNoLarger() throws IOException {
    String text = "{\"mcpServers\": {}}";
    global(text + " ".repeat(SourceReader.MAX_BYTES - text.length()));
    assertThat(McpServerFiles.read(cwd, data)).isEmpty();
    global(text + " ".repeat(SourceReader.MAX_BYTES - text.length() + 1));
    assertThatThrownBy(() -> McpServerFiles.read(cwd, data))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("larger than " + SourceReader.MAX_BYTES + " bytes");
  }

  @Test
  void opensNothingThatIsNoRegularFile() throws IOException {
    Files.createDirectory(data.resolve("mcp.json"));
    assertThatThrownBy(() -> McpServerFiles.read(cwd, data))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("it is not a regular file");
  }

  @Test
  void aServerAsTextHoldsNothingOfItsDefinition() throws IOException {
    global("{\"mcpServers\": {\"a\": %s}}".formatted(stdio("hunter2")));
    assertThat(List.copyOf(McpServerFiles.read(cwd, data).values()))
        .hasToString("[McpServer[a, GLOBAL]]");
  }

  private void workspace(String content) throws IOException {
    Files.writeString(cwd.resolve(".comma/mcp.json"), content);
  }

  private void global(String content) throws IOException {
    Files.writeString(data.resolve("mcp.json"), content);
  }

  private static String stdio(String command) {
    return "{\"transport\": \"stdio\", \"command\": \"" + command + "\"}";
  }
}
