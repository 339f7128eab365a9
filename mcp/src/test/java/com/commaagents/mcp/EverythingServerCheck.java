package com.commaagents.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.McpServers.Standing;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.mcp.program.Programs;
import com.commaagents.mcp.program.Programs.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Against the MCP project's own everything-server; started by `build/everything.sh`, which says
/// where it is.
@Timeout(120)
class EverythingServerCheck {
  private static final String SERVER = System.getProperty("comma.everything", "");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void isSpokenToOver(String transport) throws Exception {
    Optional<Program> remote = remote(transport);
    try (McpServers.Connections servers =
        new ConnectingServers(new TestPrograms(), name -> Optional.ofNullable(System.getenv(name)))
            .open(folder)) {
      servers.connect(definition(transport));
      Standing standing =
          servers.standings().getOrDefault("every", new Standing(0, Optional.empty()));
      assertThat(standing.error()).isEmpty();
      assertThat(standing.toolCount()).isGreaterThan(8);
      assertThat(call(servers, "echo", "{\"message\": \"grüß\"}")).isEqualTo("Echo: grüß");
      assertThat(call(servers, "get-sum", "{\"a\": 2, \"b\": 40}")).contains("42");
      assertThat(call(servers, "get-tiny-image", "{}")).contains("image of type image/png");
      assertThat(call(servers, "get-structured-content", "{\"location\": \"New York\"}"))
          .contains("temperature");
      assertThatThrownBy(() -> call(servers, "no-such-tool", "{}")).isInstanceOf(Exception.class);
      givesUpALongCall(servers);
      assertThat(call(servers, "echo", "{\"message\": \"still there\"}"))
          .isEqualTo("Echo: still there");
    } finally {
      remote.ifPresent(Program::end);
    }
  }

  private static void givesUpALongCall(McpServers.Connections servers) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> work =
          () ->
              call(servers, "trigger-long-running-operation", "{\"duration\": 60, \"steps\": 60}");
      Future<String> running = threads.submit(work);
      // It has been asked for by the time another call, which goes the same way, is answered.
      assertThat(call(servers, "echo", "{\"message\": \"beside\"}")).isEqualTo("Echo: beside");
      assertThat(running.isDone()).isFalse();
      running.cancel(true);
    }
  }

  private int port;

  private Optional<Program> remote(String transport) throws IOException, InterruptedException {
    if (transport.equals("stdio")) {
      return Optional.empty();
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Program program =
        new TestPrograms()
            .start(
                new Programs.Request(
                    List.of("node", SERVER, transport.equals("http") ? "streamableHttp" : "sse"),
                    folder,
                    folder,
                    Map.of("PORT", String.valueOf(port))));
    BufferedReader said =
        new BufferedReader(new InputStreamReader(program.errors(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains("port " + port)) {
        return Optional.of(program);
      }
    }
    program.end();
    throw new IOException("the everything-server ended before it listened");
  }

  private SequencedMap<String, JsonNode> definition(String transport) {
    ObjectNode node = Json.object().put("transport", transport);
    switch (transport) {
      case "stdio" -> node.put("command", "node").putArray("args").add(SERVER);
      case "http" -> node.put("url", "http://127.0.0.1:" + port + "/mcp");
      default -> node.put("url", "http://127.0.0.1:" + port + "/sse");
    }
    LinkedHashMap<String, JsonNode> definitions = new LinkedHashMap<>();
    definitions.put("every", node);
    return definitions;
  }

  private static String call(McpServers.Connections servers, String tool, String arguments)
      throws InterruptedException {
    for (Tool offered : servers.of("every")) {
      if (offered.origin().orElseThrow().toolName().equals(tool)) {
        return offered.call(
            Json.parse(arguments).orElseThrow(), new ToolCallContext("agent", "0", "call"));
      }
    }
    throw new IllegalStateException("it does not offer " + tool);
  }
}
