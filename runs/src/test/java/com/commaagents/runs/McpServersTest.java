package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.people.People.Reason;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeServers;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.Wire;
import com.commaagents.runs.mcp.McpQuery;
import com.commaagents.runs.mcp.McpUpdate;
import com.commaagents.runs.mcp.McpUpdate.Scope;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.McpServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which MCP servers a run has, from its preparation to its end.
class McpServersTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final RunId RUN = new RunId("run-1");
  private static final McpQuery OF_RUN =
      new McpQuery(Optional.of("run-1"), Optional.empty(), Optional.empty());

  private static final String LAUNCH = "{\"name\": \"inner\", \"input\": \"go\"}";
  private static final String PROGRAM =
      "{\"transport\": \"stdio\", \"command\": \"node\","
          + " \"args\": [\"server.js\", {\"env\": \"WHERE\"}]}";

  @TempDir private Path folder;

  private final Wire wire = new Wire();
  private final FakeServers servers = new FakeServers();
  private RunStore store;
  private RunSystem runs;

  @BeforeEach
  void open() {
    store = FileRunStore.open(folder.resolve("runs"), "the test");
    runs =
        RunSystem.open(
            RunSystemOptions.of(store, new FakeModels(), new FakeTools())
                .withSink(wire)
                .withCwd(folder.resolve("work"))
                .withDataFolder(folder.resolve("data"))
                .withMcpServers(servers));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void findsThemInTheStrategyAndBothFiles() throws Exception {
    strategy("[own, shared, far]");
    global("\"far\": %1$s, \"shared\": %1$s, \"own\": %1$s, \"idle\": %1$s", "sse");
    workspace("\"shared\": %s", "http");

    assertThat(prepare().mcpServers())
        .containsExactly(
            status("own", "strategy", "stdio", true, true, 1, Optional.empty()),
            status("far", "global", "sse", true, false, 0, Optional.of("far")),
            status("shared", "workspace", "http", true, true, 1, Optional.empty()),
            new McpServerStatus(
                "idle",
                "global",
                "sse",
                false,
                true,
                Optional.of(false),
                0,
                List.of(),
                Optional.empty()));
    assertThat(servers.connected()).containsExactly("own", "shared");
  }

  @Test
  void givesAgentsTheToolsAndSaysOnTheWireWhereACallWent() throws Exception {
    strategy("[own]");
    prepare();
    assertThat(complete()).isEqualTo("heard: own speaking");
    assertThat(
            wire.of(ALICE, RUN).stream()
                .map(published -> published.message())
                .flatMap(McpServersTest::origins))
        .containsExactly(new McpOrigin("own", "say"), new McpOrigin("own", "say"));
    assertThat(Files.readString(folder.resolve("runs/run-1.jsonl")).lines().findFirst())
        .get()
        .asString()
        .contains("\"enabledMcpServerIds\":[\"own\"]", "\"connected\":true,\"toolCount\":1");
    assertThat(servers.connected()).isEmpty();
    assertThat(runs.listMcpServers(OF_RUN).getFirst().connected()).isEmpty();
  }

  private static Stream<McpOrigin> origins(RunMessage message) {
    return message instanceof RunMessage.AgentStreaming(var _, var event)
        ? switch (event) {
          case StreamEvent.ToolCall call -> call.origin().stream();
          case StreamEvent.ToolResult result -> result.origin().stream();
          default -> Stream.empty();
        }
        : Stream.empty();
  }

  @Test
  void startsAProgramThatAWorkingFolderNamesOnlyOnceItIsApproved() throws Exception {
    strategy("[theirs]");
    workspace("\"theirs\": %s", "stdio");
    assertThat(prepare().mcpServers().get(1))
        .satisfies(server -> {
          assertThat(server.enabled()).isFalse();
          assertThat(server.error()).get().asString().contains("once you have approved it");
        });
    assertThat(servers.connected()).containsExactly("own");

    List<McpServerStatus> now = runs.updateMcpServer(update("theirs", true, Scope.RUN));
    assertThat(now.get(1))
        .isEqualTo(status("theirs", "workspace", "stdio", true, true, 1, Optional.empty()));
    assertThat(complete()).isEqualTo("heard: theirs speaking");

    assertThat(prepareAnother("run-2").mcpServers().get(1).connected()).contains(true);
    workspace("\"theirs\": %s", "stdio\", \"args\": [\"--more\"], \"command\": \"other");
    assertThat(prepareAnother("run-3").mcpServers().get(1).connected()).contains(false);
  }

  @Test
  void turnsServersOffAndOnWhileTheRunIsPreparedAndKeepsThatForIt() throws Exception {
    strategy("[own]");
    prepare();
    assertThat(runs.updateMcpServer(update("own", false, Scope.RUN)).getFirst().enabled())
        .isFalse();
    assertThat(servers.connected()).isEmpty();
    assertThat(folder.resolve("runs/run-1.config.json")).hasContent("{\"enabledMcpServerIds\":[]}");
    assertThat(complete()).isEqualTo("no server");

    assertThat(runs.listMcpServers(OF_RUN).getFirst().enabled()).isFalse();
    assertThat(runs.prepareRun(ALICE, PrepareRunOptions.continuing("run-1")).mcpServers())
        .extracting(McpServerStatus::enabled)
        .containsExactly(false);
    runs.updateMcpServer(update("own", true, Scope.RUN));
    assertThat(servers.connected()).containsExactly("own");
  }

  @Test
  void leavesNothingOfAChoiceForARunThatWasNeverStarted() throws Exception {
    strategy("[own]");
    prepare();
    runs.updateMcpServer(update("own", false, Scope.RUN));
    runs.stopRun("run-1");
    runs.await("run-1");
    assertThat(folder.resolve("runs/run-1.config.json")).doesNotExist();
  }

  @Test
  void writesADefaultIntoTheFileThatDefinesTheServer() throws Exception {
    strategy("[shared]");
    global("\"shared\": %s", "sse");
    McpQuery here =
        new McpQuery(
            Optional.empty(), Optional.empty(), Optional.of(folder.resolve("own.yaml").toString()));
    assertThat(runs.updateMcpServer(new McpUpdate("shared", false, Scope.DEFAULT, here)).get(1))
        .satisfies(server -> {
          assertThat(server.enabled()).isFalse();
          assertThat(server.enabledByDefault()).isFalse();
          assertThat(server.connected()).isEmpty();
        });
    assertThat(Files.readString(folder.resolve("data/mcp.json")))
        .contains("\"url\" : \"http://localhost:1/far\"", "\"enabledByDefault\" : false");
    assertThat(prepare().mcpServers().get(1).enabled()).isFalse();

    assertThatThrownBy(() -> runs.updateMcpServer(new McpUpdate("own", false, Scope.DEFAULT, here)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("is the strategy's own and has no default");
  }

  @Test
  void saysWhatIsWrongWithAQuestion() throws Exception {
    strategy("[own]");
    assertThatThrownBy(() -> runs.listMcpServers(OF_RUN)).hasMessage("Run not found: run-1");
    McpQuery nowhere = new McpQuery(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(runs.listMcpServers(nowhere)).isEmpty();
    assertThatThrownBy(() -> runs.updateMcpServer(new McpUpdate("own", true, Scope.RUN, nowhere)))
        .hasMessage("There is no MCP server \"own\" here; there are: none");
    global("\"shared\": %s", "sse");
    assertThat(runs.listMcpServers(nowhere).getFirst().enabled()).isTrue();
    assertThatThrownBy(
            () -> runs.updateMcpServer(new McpUpdate("shared", true, Scope.RUN, nowhere)))
        .hasMessage("runId is required for the scope \"run\"");
  }

  @Test
  void connectsTheServersOfALaunchedStrategyForItAlone() throws Exception {
    write(
        "work/.comma/strategies/inner.yaml",
        """
        name: inner
        version: "1"
        mcpServers:
          private: { transport: sse, url: "http://localhost:1" }
        agents:
          a: { model: fake/mcp, mcpServers: [private] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """);
    write(
        "own.yaml",
        """
        name: own
        version: "1"
        agents:
          a: { model: fake/launch, tools: [launch_strategy] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """);
    prepare();
    assertThat(complete("{\"name\": \"inner\", \"input\": \"go\"}"))
        .isEqualTo("heard: Launched \"inner\" → heard: private speaking");
    assertThat(servers.connected()).isEmpty();
  }

  @Test
  void asksBeforeAStrategyThatAModelLaunchesStartsAProgramOfTheWorkingFolder() throws Exception {
    launchedWithProgram();
    prepare();
    runs.startRun(ALICE, "run-1", Optional.of(LAUNCH), Optional.empty());
    RunMessage.PermissionRequested asked = awaitPermission();
    assertThat(asked.request())
        .isEqualTo(
            new PermissionRequest(
                "a",
                "0",
                "launch_strategy",
                Operation.EXECUTE,
                "node server.js $WHERE",
                Reason.POLICY_ASK,
                Optional.of(
                    Json.object()
                        .put(
                            "strategy",
                            folder.resolve("work/.comma/strategies/inner.yaml").toString())
                        .put("mcpServer", "private"))));
    assertThat(servers.connected()).isEmpty();
    runs.actions().resolvePermission(ALICE, "run-1", asked.id(), Decision.ALLOW_SESSION);
    assertThat(runs.await("run-1").orElseThrow().result().orElseThrow().text())
        .isEqualTo("heard: Launched \"inner\" → heard: private speaking");
  }

  @Test
  void startsNoProgramOfALaunchedStrategyThatIsNotAllowed() throws Exception {
    launchedWithProgram();
    prepare();
    runs.startRun(ALICE, "run-1", Optional.of(LAUNCH), Optional.empty());
    runs.actions().resolvePermission(ALICE, "run-1", awaitPermission().id(), Decision.DENY);
    assertThat(runs.await("run-1").orElseThrow().result().orElseThrow().text())
        .contains("starts a program as its MCP server private, which was not allowed");
    assertThat(servers.connected()).isEmpty();
  }

  @Test
  void doesNotAskAgainWhatWasApprovedForTheFolder() throws Exception {
    launchedWithProgram();
    write("work/.comma/mcp.json", "{\"mcpServers\": {\"private\": " + PROGRAM + "}}");
    prepare();
    runs.updateMcpServer(update("private", true, Scope.DEFAULT));
    assertThat(complete(LAUNCH)).isEqualTo("heard: Launched \"inner\" → heard: private speaking");
  }

  private RunMessage.PermissionRequested awaitPermission() {
    return Awaitility.await()
        .until(
            () ->
                wire.of(ALICE, RUN).stream()
                    .map(PublishedMessage::message)
                    .filter(RunMessage.PermissionRequested.class::isInstance)
                    .map(RunMessage.PermissionRequested.class::cast)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void launchedWithProgram() throws IOException {
    write(
        "work/.comma/strategies/inner.yaml",
        """
        name: inner
        version: "1"
        mcpServers:
          private: %s
        agents:
          a: { model: fake/mcp, mcpServers: [private] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """
            .formatted(PROGRAM));
    write(
        "own.yaml",
        """
        name: own
        version: "1"
        agents:
          a: { model: fake/launch, tools: [launch_strategy] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """);
  }

  @Test
  void sharesTheServersOfTheRunWithWhatIsLaunchedInIt() throws Exception {
    write(
        "work/.comma/strategies/inner.yaml",
        """
        name: inner
        version: "1"
        agents:
          a: { model: fake/mcp, mcpServers: [shared] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """);
    write(
        "work/.comma/mcp.json",
        "{\"mcpServers\": {\"shared\": {\"transport\": \"sse\", \"url\": \"http://localhost\"}}}");
    write(
        "own.yaml",
        """
        name: own
        version: "1"
        agents:
          a: { model: fake/launch, tools: [launch_strategy] }
        flow: { type: sequential, name: main, steps: [{ agent: a }] }
        """);
    assertThat(prepare().mcpServers().getFirst().enabled()).isFalse();
    assertThat(complete("{\"name\": \"inner\", \"input\": \"go\"}"))
        .isEqualTo("heard: Launched \"inner\" → heard: shared speaking");
    assertThat(servers.connected()).isEmpty();
  }

  @Test
  void refusesAnAgentThatNamesOneNobodyDefines() throws Exception {
    strategy("[elsewhere]");
    assertThatThrownBy(this::prepare)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("unknown MCP server \"elsewhere\"; there are: own");
    assertThat(servers.connected()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    strategy("[own]");
    write("work/.comma/mcp.json", "{\"mcpServers\": {\"a\": {\"transport\": \"stdio\"}}}");
    assertThatThrownBy(this::prepare)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("mcp.json:1:22")
        .hasMessageContaining("mcpServers.a.command: missing");
  }

  private static McpServerStatus status(
      String id,
      String source,
      String transport,
      boolean enabled,
      boolean connected,
      int toolCount,
      Optional<String> error) {
    return new McpServerStatus(
        id,
        source,
        transport,
        enabled,
        true,
        Optional.of(connected),
        toolCount,
        List.of("writer"),
        error);
  }

  private static McpUpdate update(String serverId, boolean enabled, Scope scope) {
    return new McpUpdate(serverId, enabled, scope, OF_RUN);
  }

  private PreparedRun prepare() throws InterruptedException {
    return prepareAnother("run-1");
  }

  private PreparedRun prepareAnother(String runId) throws InterruptedException {
    return runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(runId),
            Optional.of(folder.resolve("own.yaml").toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private String complete() throws InterruptedException {
    return complete("hello");
  }

  private String complete(String input) throws InterruptedException {
    runs.startRun(ALICE, "run-1", Optional.of(input), Optional.empty());
    return runs.await("run-1").orElseThrow().result().orElseThrow().text();
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
          writer: { model: fake/mcp, mcpServers: %s }
        flow: { type: sequential, name: main, steps: [{ agent: writer }] }
        """
            .formatted(named));
  }

  private void global(String servers, String transport) throws IOException {
    write("data/mcp.json", file(servers, transport));
  }

  private void workspace(String servers, String transport) throws IOException {
    write("work/.comma/mcp.json", file(servers, transport));
  }

  // Those over SSE are far.
  private static String file(String servers, String transport) {
    String place =
        transport.startsWith("stdio")
            ? (transport.contains("command") ? "" : ", \"command\": \"nothing\"")
            : ", \"url\": \"http://localhost:1/" + (transport.equals("sse") ? "far" : "") + "\"";
    return "{\"mcpServers\": {"
        + servers.formatted("{\"transport\": \"" + transport + "\"" + place + "}")
        + "}}";
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }
}
