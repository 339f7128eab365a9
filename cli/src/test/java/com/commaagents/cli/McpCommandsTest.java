package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `comma mcp …` beside a daemon of this process, with a server that is a program.
@Timeout(60)
class McpCommandsTest {
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  // Speaks as much of the protocol as it takes to offer a tool; first it writes down what it sees.
  private static final String SERVER =
      """
      : >seen
      cat "$DATA/credentials.json" >seen 2>/dev/null
      answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\("[^"]*"\\|[0-9]*\\).*/\\1/p')
        case $line in
          *'"method":"initialize"'*)
            version=$(printf '%s' "$line" | sed 's/.*"protocolVersion":"\\([^"]*\\)".*/\\1/')
            answer '{"protocolVersion":"'"$version"'","capabilities":{"tools":{}},"serverInfo":{"name":"notes","version":"1"}}' ;;
          *'"method":"tools/list"'*)
            answer '{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}' ;;
        esac
      done
      """;

  @TempDir Path folder;

  private FakeTerminal terminal = new FakeTerminal(false, 120);
  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    folder = folder.toRealPath();
    write(".comma-data/daemon.json", "{\"mcpSandbox\": \"auto\"}");
    write(".comma-data/credentials.json", "{}");
    write("server.sh", SERVER);
    write(
        ".comma-data/mcp.json",
        """
        {"mcpServers": {"far": {"transport": "http", "url": "http://127.0.0.1:1/mcp",
          "enabledByDefault": false}}}
        """);
    write(
        ".comma/mcp.json",
        """
        {"mcpServers": {"notes": {"transport": "stdio", "command": "sh", "args": ["server.sh"],
          "env": {"DATA": "%s"}}}}
        """
            .formatted(data()));
    write(
        "s.yaml",
        """
        name: s
        version: '1'
        mcpServers: {own: {transport: http, url: 'http://127.0.0.1:1/mcp'}}
        agents: {a: {model: scripted/default, mcpServers: [notes]}}
        flow: {type: sequential, name: f, steps: [{agent: a}]}
        """);
    write("s.script.yaml", "a: \"Done.\"\n");
    DaemonSettings settings =
        DaemonSettings.load(place(), new Flags(OptionalInt.of(0), Optional.empty(), false));
    daemon = RunningDaemon.start(settings, new Wiring(place()), FakeMain.BUILD, Clock.system());
  }

  @AfterEach
  void stopDaemon() {
    daemon.close();
  }

  @Test
  void listsServersInColumnsWithWhatIsWrongBelowThem() throws Exception {
    assertThat(comma("mcp", "list")).isZero();
    assertThat(rows())
        .containsExactly(
            List.of("SERVER", "FROM", "OVER", "STATE", "TOOLS", "AGENTS"),
            List.of("far", "global", "http", "off"),
            List.of("notes", "workspace", "stdio", "off"),
            List.of(
                "notes: It is a program that this working folder names, and is started only once you"
                    + " have approved it: enable it with update_mcp_server, or with comma mcp enable."));
    assertThat(comma("mcp", "list", "--strategy", "s.yaml")).isZero();
    assertThat(rows())
        .contains(List.of("own", "strategy", "http", "on"))
        .contains(List.of("notes", "workspace", "stdio", "off", "a"));
  }

  @Test
  void listsForPrograms() throws Exception {
    JsonNode servers = json("mcp", "list", "--json").path("servers");
    assertThat(servers.size()).isEqualTo(2);
    assertThat(servers.path(0))
        .isEqualTo(
            Json.parse(
                    """
                    {"id":"far","source":"global","transport":"http","enabled":false,
                     "enabledByDefault":false,"toolCount":0,"assignedAgents":[]}
                    """)
                .orElseThrow());
  }

  @Test
  void saysWhereServersAreDefinedWhereThereAreNone() throws Exception {
    Files.delete(folder.resolve(".comma/mcp.json"));
    Files.delete(data().resolve("mcp.json"));
    assertThat(comma("mcp", "list")).isZero();
    assertThat(terminal.shown()).isEmpty();
    assertThat(terminal.errors())
        .containsExactly(
            "There are no MCP servers here. They are defined in a strategy, in .comma/mcp.json of a"
                + " working folder, or in "
                + data().resolve("mcp.json")
                + ".");
  }

  @Test
  void turnsAServerOnAndOffForRunsToCome() throws Exception {
    assertThat(comma("mcp", "enable", "far")).isZero();
    assertThat(rows()).contains(List.of("far", "global", "http", "on"));
    assertThat(definition(data().resolve("mcp.json"), "far").path("enabledByDefault").asBoolean())
        .isTrue();
    assertThat(comma("mcp", "disable", "far")).isZero();
    assertThat(rows()).contains(List.of("far", "global", "http", "off"));
    assertThat(definition(data().resolve("mcp.json"), "far").path("enabledByDefault").asBoolean())
        .isFalse();
    assertThat(data().resolve("mcp-approvals.json")).doesNotExist();
  }

  @Test
  void approvesAProgramThatIsThenStartedAndConfined() throws Exception {
    assertThat(prepared("first").path("connected").asBoolean()).isFalse();
    assertThat(folder.resolve("seen")).doesNotExist();

    assertThat(comma("mcp", "enable", "notes")).isZero();
    assertThat(rows()).contains(List.of("notes", "workspace", "stdio", "on"));
    assertThat(data().resolve("mcp-approvals.json")).exists();
    JsonNode notes = prepared("second");
    assertThat(notes.path("connected").asBoolean()).isTrue();
    assertThat(notes.path("toolCount").asInt()).isEqualTo(1);
    // Under bubblewrap it does not see the daemon's credentials.
    assertThat(folder.resolve("seen")).hasContent(LINUX ? "" : "{}");

    Files.writeString(
        folder.resolve(".comma/mcp.json"),
        Files.readString(folder.resolve(".comma/mcp.json")).replace("server.sh", "./server.sh"));
    assertThat(prepared("third").path("connected").asBoolean()).isFalse();
  }

  @Test
  void turnsAServerOnAndOffForOneRunAlone() throws Exception {
    assertThat(comma("mcp", "enable", "notes")).isZero();
    assertThat(prepared("one").path("enabled").asBoolean()).isTrue();
    assertThat(comma("mcp", "disable", "notes", "--run", "one")).isZero();
    assertThat(data().resolve("runs/one.config.json"))
        .hasContent("{\"enabledMcpServerIds\":[\"own\"]}");
    assertThat(comma("mcp", "list", "--run", "one")).isZero();
    assertThat(rows()).contains(List.of("notes", "workspace", "stdio", "off", "a"));
    assertThat(comma("mcp", "list", "--strategy", "s.yaml")).isZero();
    assertThat(rows()).contains(List.of("notes", "workspace", "stdio", "on", "a"));
  }

  @Test
  void looksInTheFolderThatIsNamed() throws Exception {
    write("elsewhere/.comma/mcp.json", "{\"mcpServers\": {}}");
    assertThat(comma("mcp", "list", "--cwd", "elsewhere")).isZero();
    assertThat(rows())
        .containsExactly(
            List.of("SERVER", "FROM", "OVER", "STATE", "TOOLS", "AGENTS"),
            List.of("far", "global", "http", "off"));
  }

  @Test
  void saysWhatCannotBe() throws Exception {
    assertThat(comma("mcp", "enable")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.errors().getLast())
        .isEqualTo("Which server? comma mcp list shows those there are.");
    assertThat(comma("mcp", "enable", "note")).isNotZero();
    assertThat(terminal.errors().getLast())
        .isEqualTo("There is no MCP server \"note\" here; there are: far, notes");
    assertThat(comma("mcp", "disable", "own", "--strategy", "s.yaml")).isNotZero();
    assertThat(terminal.errors().getLast())
        .startsWith("MCP server own is the strategy's own and has no default.");
    assertThat(comma("mcp", "list", "--run", "nobody")).isNotZero();
    assertThat(terminal.errors().getLast()).isEqualTo("Run not found: nobody");
    assertThat(comma("mcp", "list", "--strategy", "missing.yaml")).isNotZero();
    assertThat(terminal.errors().getLast()).startsWith("Strategy file not found: ");
  }

  @Test
  void saysWhereAFileIsWrongAndNoneOfItsValues() throws Exception {
    write(
        ".comma/mcp.json",
        "{\"mcpServers\": {\"notes\": {\"transport\": \"stdio\", \"env\": {\"KEY\": \"sk-secret\"}}}}");
    assertThat(comma("mcp", "list")).isNotZero();
    assertThat(terminal.errors().getLast())
        .contains(
            ".comma/mcp.json. Correct the file:",
            "mcp.json:1:26: mcpServers.notes.command: missing")
        .doesNotContain("secret");
  }

  /// How `notes` stands for a run of the strategy.
  private JsonNode prepared(String runId) throws InterruptedException {
    FakeTerminal own = new FakeTerminal();
    assertThat(program(own).run("run", "s.yaml", "--input", "x", "--json", "--run-id", runId))
        .as("%s %s", own.shown(), own.errors())
        .isZero();
    for (String line : own.shown().lines().toList()) {
      JsonNode message = Json.parse(line).orElseThrow();
      for (JsonNode server : message.path("mcpServers")) {
        if (server.path("id").asString("").equals("notes")) {
          return server;
        }
      }
    }
    throw new AssertionError("not prepared: " + own.shown());
  }

  private static JsonNode definition(Path file, String id) throws IOException {
    return Json.parse(Files.readAllBytes(file)).orElseThrow().path("mcpServers").path(id);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private Path data() {
    return folder.resolve(".comma-data");
  }

  /// What was shown last, by cells.
  private List<List<String>> rows() {
    return terminal.shown().lines().map(line -> List.of(line.strip().split("  +"))).toList();
  }

  private JsonNode json(String... typed) throws InterruptedException {
    assertThat(comma(typed)).isZero();
    return Json.parse(terminal.shown()).orElseThrow();
  }

  private int comma(String... typed) throws InterruptedException {
    terminal = new FakeTerminal(false, 240);
    return program(terminal).run(typed);
  }

  private CommandLineProgram program(FakeTerminal shown) {
    return TypedCommands.of("comma", place(), shown);
  }

  private Place place() {
    return new Place(
        Map.of("COMMA_HOME", data().toString(), "PATH", "/usr/bin:/bin"), folder, folder);
  }
}
