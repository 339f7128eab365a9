package com.commaagents.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static com.commaagents.mcp.ServerFixture.call;
import static com.commaagents.mcp.ServerFixture.stdio;
import static org.assertj.core.api.Assertions.entry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.McpServers.Standing;
import com.commaagents.engine.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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

/// Against [TestServer], over all three transports.
@Timeout(120)
class RunConnectionsTest {
  @TempDir Path folder;

  private ServerFixture fixture;

  @BeforeEach
  void listen() throws IOException {
    fixture = new ServerFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void offersAllPagesOfToolsAndCallsThem(String transport) throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition(transport))) {
      assertThat(servers.standings())
          .containsExactly(entry("s", new Standing(TestServer.TOOLS, Optional.empty())));
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
    try (McpServers.Connections servers = fixture.connect(fixture.definition(transport))) {
      assertThat(call(servers, "grow", "{}")).isEqualTo("grown");
      await(() -> servers.of("s").size() == TestServer.TOOLS + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sse"})
  void tellsTheServerWhenACallIsGivenUp(String transport) throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition(transport))) {
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
      await(() -> fixture.remote().server().hanging() == 1);
      caller.interrupt();
      caller.join();
      assertThat(end.get()).isEqualTo("cancelled");
      await(() -> fixture.remote().server().cancelled().size() == 1);
    }
  }

  @Test
  void sendsHeadersFromTheEnvironment() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition("http"))) {
      assertThat(fixture.remote().authorizations()).isNotEmpty().containsOnly(ServerFixture.SECRET);
      assertThat(servers.standings()).hasSize(1);
    }
  }

  @Test
  void readsVariablesWhenConnecting() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition("stdio"))) {
      assertThat(call(servers, "variable", "{}")).isEqualTo(ServerFixture.SECRET);
    }
  }

  @Test
  void aServerThatIsDeadSaysWhyWithoutItsSecrets() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(stdio("dead"))) {
      Standing standing = Objects.requireNonNull(servers.standings().get("s"));
      assertThat(standing.toolCount()).isZero();
      assertThat(standing.error().orElseThrow())
          .contains("MCP server s is gone", "no licence for ***")
          .doesNotContain(ServerFixture.SECRET);
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
    try (McpServers.Connections servers = fixture.open(both)) {
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
              entry("fine", new Standing(TestServer.TOOLS, Optional.empty())));
    }
  }

  @Test
  void garbageAndAFloodOfErrorsDisturbNothing() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(stdio("noisy"))) {
      assertThat(call(servers, "echo", "{\"text\":\"x\"}")).isEqualTo("x");
    }
  }

  @Test
  void aServerThatDiesInACallIsToldOfAndConnectedToAgainAFewTimes() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(stdio())) {
      for (int time = 0; time <= LiveServer.MAX_RECONNECTIONS; time++) {
        assertThatThrownBy(() -> call(servers, "dies", "{}"))
            .isInstanceOf(Fault.class)
            .hasMessageContaining("is gone: its program ended")
            .hasMessageContaining("What the call has done is unknown");
      }
      assertThatThrownBy(() -> call(servers, "echo", "{}"))
          .hasMessage(
              "MCP server s is gone and stays so. The call was not made. Go on without this tool.");
    }
  }

  @Test
  void turningAServerOffEndsItAndItsToolsAndOnAgainBringsThemBack() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(stdio())) {
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
    try (McpServers.Connections servers = fixture.connect(stdio("dead"))) {
      LinkedHashMap<String, JsonNode> better = new LinkedHashMap<>();
      better.put("s", stdio());
      servers.connect(better);
      assertThat(servers.standings())
          .containsExactly(entry("s", new Standing(TestServer.TOOLS, Optional.empty())));
    }
  }

  @Test
  void takesNoMoreServersThanTheLimit() throws InterruptedException {
    LinkedHashMap<String, JsonNode> many = new LinkedHashMap<>();
    for (int index = 0; index < RunConnections.MAX_SERVERS; index++) {
      many.put("s" + index, refusing());
    }
    try (McpServers.Connections servers = fixture.open(many)) {
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
    McpServers.Connections servers = fixture.connect(stdio());
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
    String other = names.name("s", long65 + "1");
    assertThat(other).hasSize(64).isNotEqualTo(new ToolNames().name("s", long65));
    assertThat(new ToolNames().name("s", long65 + "1")).as("the same each time").isEqualTo(other);
    assertThat(names.name("s", long65 + "1")).as("offered twice").hasSize(64).isNotEqualTo(other);
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
