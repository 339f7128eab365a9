package com.commaagents.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.McpServers.Standing;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Against [TestServer], over all three transports.
@Timeout(120)
class RunConnectionsTest {
  private static final String SECRET = "sesame-4711";

  @TempDir Path folder;

  private final TestServer remote = new TestServer();
  private HttpServer http;

  @BeforeEach
  void listen() throws IOException {
    http = remote.listen();
  }

  @AfterEach
  void close() {
    http.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void offersAllPagesOfToolsAndCallsThem(String transport) throws InterruptedException {
    try (McpServers.Connections servers = connect("s", definition(transport))) {
      assertThat(servers.standings())
          .containsExactly(entry("s", new Standing(8, Optional.empty())));
      assertThat(call(servers, "echo", "{\"text\":\"grüß\"}")).isEqualTo("grüß");
      assertThat(call(servers, "fails", "{}")).isEqualTo("The tool reports an error:\nno such row");
      assertThat(call(servers, "structured", "{}")).isEqualTo("{\"rows\":3}");
      assertThat(call(servers, "picture", "{}"))
          .isEqualTo("[image of type image/png, some 3 bytes, is left out]");
      Tool echo = servers.of("s").getFirst();
      assertThat(echo.spec().name()).isEqualTo("mcp__s__echo");
      assertThat(echo.origin()).contains(new McpOrigin("s", "echo"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void asksForTheToolsAnewWhenTheyHaveChanged(String transport) throws InterruptedException {
    try (McpServers.Connections servers = connect("s", definition(transport))) {
      assertThat(call(servers, "grow", "{}")).isEqualTo("grown");
      await(() -> servers.of("s").size() == 9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sse"})
  void tellsTheServerWhenACallIsGivenUp(String transport) throws InterruptedException {
    try (McpServers.Connections servers = connect("s", definition(transport))) {
      AtomicReference<Object> end = new AtomicReference<>("none");
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  end.set(call(servers, "hangs", "{}"));
                } catch (InterruptedException cancelled) {
                  end.set("cancelled");
                }
              });
      await(() -> remote.hanging() == 1);
      caller.interrupt();
      caller.join();
      assertThat(end.get()).isEqualTo("cancelled");
      await(() -> remote.cancelled().size() == 1);
    }
  }

  @Test
  void sendsHeadersFromTheEnvironment() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", definition("http"))) {
      assertThat(remote.authorizations()).isNotEmpty().containsOnly(SECRET);
      assertThat(servers.standings()).hasSize(1);
    }
  }

  @Test
  void readsVariablesWhenConnecting() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", definition("stdio"))) {
      assertThat(call(servers, "variable", "{}")).isEqualTo(SECRET);
    }
  }

  @Test
  void aServerThatIsDeadSaysWhyWithoutItsSecrets() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", stdio("dead"))) {
      Standing standing = Objects.requireNonNull(servers.standings().get("s"));
      assertThat(standing.toolCount()).isZero();
      assertThat(standing.error().orElseThrow())
          .contains("MCP server s is gone", "no licence for ***")
          .doesNotContain(SECRET);
      assertThat(servers.of("s")).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAndHoldsUpNobodyElse() throws InterruptedException {
    LinkedHashMap<String, JsonNode> both = new LinkedHashMap<>();
    both.put("mute", stdio("mute"));
    both.put("mute2", stdio("mute"));
    both.put("fine", stdio());
    long start = System.nanoTime();
    try (McpServers.Connections servers = open(both)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start).toSeconds()).isBetween(9L, 16L);
      assertThat(servers.standings())
          .containsExactly(
              entry(
                  "mute",
                  new Standing(
                      0, Optional.of("MCP server mute did not answer to connecting within 10 s"))),
              entry(
                  "mute2",
                  new Standing(
                      0, Optional.of("MCP server mute2 did not answer to connecting within 10 s"))),
              entry("fine", new Standing(8, Optional.empty())));
    }
  }

  @Test
  void garbageAndAFloodOfErrorsDisturbNothing() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", stdio("noisy"))) {
      assertThat(call(servers, "echo", "{\"text\":\"x\"}")).isEqualTo("x");
    }
  }

  @Test
  void aServerThatDiesInACallIsToldOfAndConnectedToAgainAFewTimes() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", stdio())) {
      for (int time = 0; time <= LiveServer.MAX_RECONNECTIONS; time++) {
        assertThatThrownBy(() -> call(servers, "dies", "{}"))
            .isInstanceOf(Fault.class)
            .hasMessageContaining("is gone: its program ended")
            .hasMessageContaining("What the call has done is unknown");
      }
      assertThatThrownBy(() -> call(servers, "echo", "{}"))
          .hasMessageContaining("is gone and stays so");
    }
  }

  @Test
  void turningAServerOffEndsItAndItsToolsAndOnAgainBringsThemBack() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", stdio())) {
      servers.disconnect("s");
      assertThat(servers.of("s")).isEmpty();
      assertThat(servers.standings()).isEmpty();
      await(() -> children().isEmpty());
      LinkedHashMap<String, JsonNode> again = new LinkedHashMap<>();
      again.put("s", stdio());
      servers.connect(again);
      assertThat(call(servers, "echo", "{\"text\":\"x\"}")).isEqualTo("x");
    }
  }

  @Test
  void aServerThatIsOutOfReachIsTriedAgain() throws InterruptedException {
    try (McpServers.Connections servers = connect("s", stdio("dead"))) {
      LinkedHashMap<String, JsonNode> better = new LinkedHashMap<>();
      better.put("s", stdio());
      servers.connect(better);
      assertThat(servers.standings())
          .containsExactly(entry("s", new Standing(8, Optional.empty())));
    }
  }

  @Test
  void takesNoMoreServersThanTheLimit() throws InterruptedException {
    LinkedHashMap<String, JsonNode> many = new LinkedHashMap<>();
    for (int index = 0; index < RunConnections.MAX_SERVERS; index++) {
      many.put("s" + index, refusing());
    }
    try (McpServers.Connections servers = open(many)) {
      assertThat(servers.standings()).hasSize(RunConnections.MAX_SERVERS);
      LinkedHashMap<String, JsonNode> further = new LinkedHashMap<>();
      further.put("one-more", refusing());
      assertThatThrownBy(() -> servers.connect(further))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("at most 32 MCP servers");
    }
  }

  private static JsonNode refusing() {
    return Json.object().put("transport", "stdio").put("command", "/nowhere/no-such-program");
  }

  @Test
  void noProcessIsLeftWhenItIsClosed() throws InterruptedException {
    McpServers.Connections servers = connect("s", stdio());
    assertThat(children()).hasSize(1);
    servers.close();
    await(() -> children().isEmpty());
  }

  @Test
  void namesFitAndDiffer() {
    ToolNames names = new ToolNames();
    String long65 = "t".repeat(65 - "mcp__s__".length());
    assertThat(names.name("s", long65.substring(1))).hasSize(64).doesNotContain("t_");
    assertThat(names.name("s", long65)).hasSize(64).matches("mcp__s__t+_[0-9a-f]{8}");
    assertThat(names.name("s", "a.b")).matches("mcp__s__a_b_[0-9a-f]{8}");
    assertThat(names.name("a__b", "c")).isEqualTo("mcp__a__b__c");
    assertThat(names.name("a", "b__c")).matches("mcp__a__b__c_[0-9a-f]{8}");
  }

  private McpServers.Connections connect(String id, JsonNode definition)
      throws InterruptedException {
    LinkedHashMap<String, JsonNode> one = new LinkedHashMap<>();
    one.put(id, definition);
    return open(one);
  }

  private McpServers.Connections open(SequencedMap<String, JsonNode> definitions)
      throws InterruptedException {
    McpServers.Connections connections =
        new ConnectingServers(
                new TestPrograms(),
                name -> name.equals("MY_SECRET") ? Optional.of(SECRET) : Optional.empty())
            .open(folder);
    connections.connect(definitions);
    return connections;
  }

  private JsonNode definition(String transport) {
    if (transport.equals("stdio")) {
      return stdio();
    }
    String place = transport.equals("http") ? "/mcp" : "/sse";
    ObjectNode node =
        Json.object()
            .put("transport", transport)
            .put("url", "http://127.0.0.1:" + http.getAddress().getPort() + place);
    node.putObject("headers").putObject("Authorization").put("env", "MY_SECRET");
    return node;
  }

  private static JsonNode stdio(String... arguments) {
    List<String> command = TestPrograms.testServer(arguments);
    ObjectNode node = Json.object().put("transport", "stdio").put("command", command.getFirst());
    ArrayNode args = node.putArray("args");
    command.stream().skip(1).forEach(args::add);
    node.putObject("env").putObject("SECRET").put("env", "MY_SECRET");
    return node;
  }

  private static String call(McpServers.Connections servers, String tool, String arguments)
      throws InterruptedException {
    Tool found =
        servers.of("s").stream()
            .filter(each -> each.spec().name().equals("mcp__s__" + tool))
            .findFirst()
            .orElseThrow();
    return found.call(
        Json.parse(arguments).orElseThrow(), new ToolCallContext("agent", "0", "call"));
  }

  private static List<ProcessHandle> children() {
    try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
      return all.filter(ProcessHandle::isAlive).filter(child -> !isWatchdog(child)).toList();
    }
  }

  // It stays until this process ends.
  private static boolean isWatchdog(ProcessHandle child) {
    String[] arguments = child.info().arguments().orElse(new String[0]);
    return List.of(arguments).contains("comma-watchdog");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
  }
}
