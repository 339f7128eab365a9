package com.commaagents.mcp;

import static com.commaagents.mcp.ServerFixture.call;
import static com.commaagents.mcp.ServerFixture.stdio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.McpServers.Standing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a stranger's server may do, over all three transports.
@Timeout(120)
class MisbehavingServersTest {
  private static final String UNKNOWN =
      ". What the call has done is unknown: look before you make it again, or go on without this"
          + " tool.";

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
  void tellsOfEveryKindOfContent(String transport) throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition(transport))) {
      assertThat(call(servers, "all", "{}"))
          .isEqualTo(
              """
              plain
              [audio of type audio/wav, some 3 bytes, is left out]
              [resource file:///a, a]
              [resource file:///b]
              inside
              [resource file:///c] [data of type x/y, some 3 bytes, is left out]\
              """);
      assertThat(call(servers, "hologram", "{}"))
          .isEqualTo("[content of a kind that is not known here is left out]\nbeside it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse"})
  void outlivesAResultThatIsTooLong(String transport) throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition(transport))) {
      assertThat(call(servers, "big", "{\"bytes\": 8388608}"))
          .contains("b\n[cut: the result has 8388")
          .endsWith(" characters; ask the tool for less]");
      assertThatThrownBy(() -> call(servers, "big", "{\"bytes\": 8388609}"))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("8388608 bytes")
          .hasMessageEndingWith(UNKNOWN);
      assertThat(call(servers, "echo", "{\"text\": \"still there\"}")).isEqualTo("still there");
    }
  }

  @Test
  void tellsOfAnAnswerThatBreaksOff() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition("http"))) {
      assertThatThrownBy(() -> call(servers, "breaks", "{}"))
          .isInstanceOf(Fault.class)
          .hasMessage("MCP server s ended its answer too early" + UNKNOWN);
      assertThat(call(servers, "echo", "{\"text\": \"still there\"}")).isEqualTo("still there");
    }
  }

  @Test
  void saysHelloAgainToAServerThatWasRestarted() throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition("http"))) {
      fixture.remote().restart();
      assertThatThrownBy(() -> call(servers, "echo", "{}"))
          .isInstanceOf(Fault.class)
          .hasMessage(
              "MCP server s has forgotten this session, as after a restart; the next call begins"
                  + " another one"
                  + UNKNOWN);
      assertThat(call(servers, "echo", "{\"text\": \"again\"}")).isEqualTo("again");
    }
  }

  @Test
  void connectsAgainWheneverAStreamOfEventsHasBrokenOffAndItAnswersBetween()
      throws InterruptedException {
    try (McpServers.Connections servers = fixture.connect(fixture.definition("sse"))) {
      for (int time = 0; time <= LiveServer.MAX_RECONNECTIONS; time++) {
        assertThatThrownBy(() -> call(servers, "breaks", "{}"))
            .isInstanceOf(Fault.class)
            .hasMessage("MCP server s is gone: its stream of events ended" + UNKNOWN);
        assertThat(call(servers, "echo", "{\"text\": \"again\"}")).isEqualTo("again");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/moved, 'answers 307 and is elsewhere: /mcp; write that address into its definition'",
    "/locked, 'answers 401: it does not let this program in; look at the headers in its definition'",
    "/missing, 'answers 404: no MCP server answers there; look at the url and the transport in its"
        + " definition'",
    "/broken, 'answers 500; look whether it is in order, and try it again'",
    "/page, 'answers with a page for people; look at the url and the transport in its definition'",
  })
  void saysAtOnceWhyAnAddressIsOutOfReach(String path, String why) throws InterruptedException {
    LinkedHashMap<String, JsonNode> both = new LinkedHashMap<>();
    both.put("http", fixture.definition("http", path));
    both.put("sse", fixture.definition("sse", path));
    long start = System.nanoTime();
    try (McpServers.Connections servers = fixture.open(both)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
      assertThat(error(servers, "http")).isEqualTo("MCP server http " + why);
      assertThat(error(servers, "sse")).isEqualTo("MCP server sse " + why);
      assertThat(servers.standings().toString()).doesNotContain(ServerFixture.SECRET);
    }
  }

  @Test
  void saysThatNobodyListensOrTheHostIsNotKnown() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    LinkedHashMap<String, JsonNode> all = new LinkedHashMap<>();
    for (String transport : new String[] {"http", "sse"}) {
      all.put(transport, remote(transport, "http://127.0.0.1:" + free + "/mcp"));
      all.put("no-" + transport, remote(transport, "http://no-such-host.invalid/mcp"));
    }
    try (McpServers.Connections servers = fixture.open(all)) {
      for (String transport : new String[] {"http", "sse"}) {
        assertThat(error(servers, transport))
            .isEqualTo(
                "MCP server "
                    + transport
                    + " cannot be reached: nobody listens there; is it running, and is its url"
                    + " right?");
        assertThat(error(servers, "no-" + transport))
            .contains("cannot be reached: its host is not known");
      }
    }
  }

  @Test
  void givesUpAnAddressThatNeverAnswers() throws InterruptedException {
    LinkedHashMap<String, JsonNode> both = new LinkedHashMap<>();
    both.put("http", fixture.definition("http", "/mute"));
    both.put("sse", fixture.definition("sse", "/mute"));
    try (McpServers.Connections servers = fixture.open(both)) {
      for (String transport : both.keySet()) {
        assertThat(error(servers, transport))
            .isEqualTo("MCP server " + transport + " did not answer to connecting within 10 s");
      }
    }
  }

  @Test
  void saysWhichVariableIsMissing() throws InterruptedException {
    ObjectNode remote = remote("http", "http://127.0.0.1:1/mcp");
    remote.putObject("headers").putObject("Authorization").put("env", "NOT_THERE");
    ObjectNode program = (ObjectNode) stdio();
    program.withObject("env").putObject("KEY").put("env", "NOT_THERE");
    LinkedHashMap<String, JsonNode> both = new LinkedHashMap<>();
    both.put("remote", remote);
    both.put("program", program);
    try (McpServers.Connections servers = fixture.open(both)) {
      assertThat(error(servers, "remote"))
          .isEqualTo(
              "headers.Authorization is to be read from the environment variable NOT_THERE, which"
                  + " the daemon does not have. Set it and restart the daemon.");
      assertThat(error(servers, "program")).startsWith("env.KEY is to be read from");
    }
  }

  @Test
  void saysThatAProgramIsNotThere() throws InterruptedException {
    JsonNode missing =
        Json.object().put("transport", "stdio").put("command", "no-such-program-anywhere");
    try (McpServers.Connections servers = fixture.connect(missing)) {
      assertThat(error(servers, "s")).contains("MCP server s", "no-such-program-anywhere");
    }
  }

  private static ObjectNode remote(String transport, String url) {
    return Json.object().put("transport", transport).put("url", url);
  }

  private static String error(McpServers.Connections servers, String id) {
    Standing standing = Objects.requireNonNull(servers.standings().get(id));
    assertThat(standing.toolCount()).isZero();
    return standing.error().orElseThrow();
  }
}
