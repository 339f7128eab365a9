package com.commaagents.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.mcp.connection.Connector;
import com.commaagents.mcp.definition.ServerDefinition;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Against [TestServer], over all three transports.
@Timeout(120)
class RunServersTest {
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
    try (RunServers servers = connect("s", definition(transport))) {
      assertThat(servers.standings())
          .containsExactly(new RunServers.Standing("s", 8, Optional.empty()));
      assertThat(call(servers, "echo", "{\"text\":\"grüß\"}")).isEqualTo("grüß");
      assertThat(call(servers, "fails", "{}")).isEqualTo("The tool reports an error:\nno such row");
      assertThat(call(servers, "structured", "{}")).isEqualTo("{\"rows\":3}");
      assertThat(call(servers, "picture", "{}"))
          .isEqualTo("[image of type image/png, some 3 bytes, is left out]");
      Tool echo = servers.tools("s").getFirst();
      assertThat(echo.spec().name()).isEqualTo("mcp__s__echo");
      assertThat(echo.origin()).contains(new McpOrigin("s", "echo"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void asksForTheToolsAnewWhenTheyHaveChanged(String transport) throws InterruptedException {
    try (RunServers servers = connect("s", definition(transport))) {
      assertThat(call(servers, "grow", "{}")).isEqualTo("grown");
      await(() -> servers.tools("s").size() == 9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sse"})
  void tellsTheServerWhenACallIsGivenUp(String transport) throws InterruptedException {
    try (RunServers servers = connect("s", definition(transport))) {
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
    try (RunServers servers = connect("s", definition("http"))) {
      assertThat(remote.authorizations()).isNotEmpty().containsOnly(SECRET);
      assertThat(servers.standings()).hasSize(1);
    }
  }

  @Test
  void readsVariablesWhenConnecting() throws InterruptedException {
    try (RunServers servers = connect("s", definition("stdio"))) {
      assertThat(call(servers, "variable", "{}")).isEqualTo(SECRET);
    }
  }

  @Test
  void aServerThatIsDeadSaysWhyWithoutItsSecrets() throws InterruptedException {
    try (RunServers servers = connect("s", stdio("dead"))) {
      RunServers.Standing standing = servers.standings().getFirst();
      assertThat(standing.toolCount()).isZero();
      assertThat(standing.error().orElseThrow())
          .contains("MCP server s is gone", "no licence for ***")
          .doesNotContain(SECRET);
      assertThat(servers.tools("s")).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAndHoldsUpNobodyElse() throws InterruptedException {
    LinkedHashMap<String, ServerDefinition> both = new LinkedHashMap<>();
    both.put("mute", stdio("mute"));
    both.put("mute2", stdio("mute"));
    both.put("fine", stdio());
    long start = System.nanoTime();
    try (RunServers servers = RunServers.connect(both, folder, connector())) {
      assertThat(Duration.ofNanos(System.nanoTime() - start).toSeconds()).isBetween(9L, 16L);
      assertThat(servers.standings())
          .containsExactly(
              new RunServers.Standing(
                  "mute",
                  0,
                  Optional.of("MCP server mute did not answer to connecting within 10 s")),
              new RunServers.Standing(
                  "mute2",
                  0,
                  Optional.of("MCP server mute2 did not answer to connecting within 10 s")),
              new RunServers.Standing("fine", 8, Optional.empty()));
    }
  }

  @Test
  void garbageAndAFloodOfErrorsDisturbNothing() throws InterruptedException {
    try (RunServers servers = connect("s", stdio("noisy"))) {
      assertThat(call(servers, "echo", "{\"text\":\"x\"}")).isEqualTo("x");
    }
  }

  @Test
  void aServerThatDiesInACallIsToldOfAndConnectedToAgainAFewTimes() throws InterruptedException {
    try (RunServers servers = connect("s", stdio())) {
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
  void noProcessIsLeftWhenItIsClosed() throws InterruptedException {
    RunServers servers = connect("s", stdio());
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

  private RunServers connect(String id, ServerDefinition definition) throws InterruptedException {
    LinkedHashMap<String, ServerDefinition> one = new LinkedHashMap<>();
    one.put(id, definition);
    return RunServers.connect(one, folder, connector());
  }

  private static Connector connector() {
    return new Connector(
        new TestPrograms(),
        name -> name.equals("MY_SECRET") ? Optional.of(SECRET) : Optional.empty());
  }

  private ServerDefinition definition(String transport) {
    if (transport.equals("stdio")) {
      return stdio();
    }
    String place = transport.equals("http") ? "/mcp" : "/sse";
    ObjectNode node =
        Json.object()
            .put("transport", transport)
            .put("url", "http://127.0.0.1:" + http.getAddress().getPort() + place);
    node.putObject("headers").putObject("Authorization").put("env", "MY_SECRET");
    return ServerDefinition.of(node);
  }

  private static ServerDefinition stdio(String... arguments) {
    List<String> command = TestPrograms.testServer(arguments);
    ObjectNode node = Json.object().put("transport", "stdio").put("command", command.getFirst());
    ArrayNode args = node.putArray("args");
    command.stream().skip(1).forEach(args::add);
    node.putObject("env").putObject("SECRET").put("env", "MY_SECRET");
    return ServerDefinition.of(node);
  }

  private static String call(RunServers servers, String tool, String arguments)
      throws InterruptedException {
    Tool found =
        servers.tools("s").stream()
            .filter(each -> each.spec().name().equals("mcp__s__" + tool))
            .findFirst()
            .orElseThrow();
    return found.call(
        Json.parse(arguments).orElseThrow(), new ToolCallContext("agent", "0", "call"));
  }

  private static List<ProcessHandle> children() {
    try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
      return all.filter(ProcessHandle::isAlive).toList();
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
  }
}
