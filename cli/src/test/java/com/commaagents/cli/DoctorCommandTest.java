package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.testing.FakeTerminal;
import com.commaagents.runs.store.FileRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `comma doctor` on a data folder that no daemon serves.
class DoctorCommandTest {
  private static final String START =
      "{\"type\":\"run_started\",\"ts\":\"2026-01-01T00:00:00.000Z\",\"strategyPath\":\"/s\","
          + "\"strategyName\":\"s\",\"cwd\":\"/w\"}\n";
  private static final String END =
      "{\"type\":\"run_completed\",\"ts\":\"2026-01-01T00:01:00.000Z\",\"status\":\"completed\"}\n";

  @TempDir Path folder;

  private FakeTerminal terminal = new FakeTerminal();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(data());
    mode(data(), "rwx------");
    FileRunStore.open(data().resolve("runs"), "the test").close();
    put("runs/sound.jsonl", START + END);
  }

  @Test
  void findsNothingWrongWhereNothingIs() throws Exception {
    assertThat(comma("doctor")).isZero();
    assertThat(terminal.shown())
        .contains("✓ runs              1, ", "✓ daemon            none runs\n")
        .endsWith("\nAll is sound.\n")
        .doesNotContain("✗");
    assertThat(terminal.errors()).isEmpty();
  }

  @Test
  void makesNoFolderThatIsNotThere() throws Exception {
    Path none = folder.resolve("none");
    assertThat(program(none, Map.of()).run("doctor")).isZero();
    assertThat(program(none, Map.of()).run("doctor", "--repair")).isZero();
    assertThat(none).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWhereAndWhatItWouldDo() throws Exception {
    put("runs/bad.jsonl", START + "damage\n" + END + "{\"to");
    assertThat(comma("doctor")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown())
        .contains(
            "    runs/bad.jsonl, line 2, byte "
                + START.length()
                + "\n      not JSON → drop the line\n",
            "      a torn last line of 4 bytes → cut it off\n")
        .endsWith(
            "\n2 problems. ./comma doctor --repair puts 2 of them right, while no daemon runs.\n");
  }

  @Test
  void repairsAndIsSoundThen() throws Exception {
    put("runs/bad.jsonl", START + "damage\n" + END);
    put("runs/open.jsonl", START);
    put("credentials.json", "{}");
    mode(data().resolve("credentials.json"), "rw-r--r--");
    mode(data().resolve("runs"), "rwxr-xr-x");
    put("daemon.pid", "999999999\n");
    put(
        "daemon.lock",
        "{\"pid\":999999999,\"host\":\"127.0.0.1\",\"startedAt\":\"2026-01-01T00:00:00.000Z\"}\n");
    assertThat(kinds())
        .containsExactly(
            "open-to-others",
            "left-by-dead-daemon",
            "left-by-dead-daemon",
            "open-to-others",
            "not-json",
            "no-end");

    assertThat(comma("doctor", "--repair")).isZero();
    assertThat(terminal.shown()).contains("As it was: ").endsWith("\nAll is sound.\n");
    assertThat(data().resolve("runs/bad.jsonl")).hasContent(START + END);
    assertThat(data().resolve("daemon.pid")).doesNotExist();
    assertThat(kinds()).isEmpty();
  }

  @Test
  void leavesToAPersonWhatOnlyTheyCanDo() throws Exception {
    put("runs/no id.jsonl", START + END);
    put("credentials.json", "sk-secret");
    assertThat(kinds()).containsExactly("credentials", "no-run-id");
    assertThat(comma("doctor", "--repair")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown()).endsWith("\n2 problems.\n").doesNotContain("secret");
  }

  @Test
  void tellsNoSettingThatIsWrongAndRepairsNothingThen() throws Exception {
    put(
        "daemon.json",
        "{\n \"port\": \"sk-secret\", \"sk-secret\": 1, \"auth\": {\"token\": sk-secret}}");
    put("runs/bad.jsonl", "damage\n");
    Map<String, String> variables = Map.of("COMMA_DAEMON_LOG_LEVEL", "sk-secret");
    assertThat(program(data(), variables).run("doctor")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(program(data(), variables).run("doctor", "--json")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(program(data(), variables).run("doctor", "--repair")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown())
        .contains("    daemon.json:2:", "    Environment variable COMMA_DAEMON_LOG_LEVEL\n")
        .contains("Nothing is repaired before the settings are right.")
        .doesNotContain("secret");
    assertThat(String.join("", terminal.errors())).doesNotContain("secret");
    assertThat(data().resolve("runs/bad.jsonl")).hasContent("damage");
  }

  @Test
  void wantsATokenReadByNobodyElse() throws Exception {
    put("daemon.json", "{\"auth\": {\"token\": \"sk-secret\"}}");
    mode(data().resolve("daemon.json"), "rw-r--r--");
    assertThat(kinds()).containsExactly("open-to-others");
    assertThat(comma("doctor", "--repair")).isZero();
    put("daemon.json", "{\"port\": 0}");
    mode(data().resolve("daemon.json"), "rw-r--r--");
    assertThat(kinds()).isEmpty();
  }

  @Test
  void tellsWhatWouldConfineCommandsAndWhatCannot() throws Exception {
    put("daemon.json", "{\"commandSandbox\": \"off\"}");
    assertThat(comma("doctor")).isZero();
    assertThat(terminal.shown())
        .contains("✓ command sandbox   not confined: commandSandbox is off\n");
    put("daemon.json", "{\"commandSandbox\": \"bubblewrap\"}");
    assertThat(program(data(), Map.of("PATH", "/none")).run("doctor"))
        .isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown())
        .contains("commandSandbox is bubblewrap, and bwrap is not on the PATH");
  }

  @Test
  void setsAsideWhatTheDaemonWroteAndNobodyCanRead() throws Exception {
    List<String> names =
        List.of("provider-registry.json", "package-approvals.json", "mcp-approvals.json");
    for (String name : names) {
      put(name, "sk-secret");
      mode(data().resolve(name), "rw-r--r--");
    }
    assertThat(kinds())
        .containsExactly(
            "open-to-others",
            "malformed",
            "open-to-others",
            "malformed",
            "open-to-others",
            "malformed");
    assertThat(comma("doctor", "--repair")).isZero();
    assertThat(terminal.shown()).doesNotContain("secret");
    for (String name : names) {
      assertThat(data().resolve(name)).doesNotExist();
      try (var files = Files.list(data())) {
        List<Path> kept =
            files.filter(file -> file.toString().contains(name + ".damaged-")).toList();
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst()).hasContent("sk-secret");
      }
    }
  }

  @Test
  void leavesFilesOfPeopleToThem() throws Exception {
    put("models.json", "{\"providers\": {\"openai\": {\"sk-secret\": 1}}}");
    put(
        "mcp.json",
        "{\"mcpServers\": {\"a\": {\"transport\": \"stdio\", \"env\": {\"A\": \"sk-secret\"}}}}");
    Files.createDirectories(folder.resolve(".comma"));
    Files.writeString(folder.resolve(".comma/mcp.json"), "{");
    Files.createDirectories(data().resolve("plugins"));
    put("plugins/none.jar", "no jar");
    assertThat(kinds()).containsExactly("malformed", "malformed", "malformed", "plug-in");
    assertThat(comma("doctor", "--repair")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown())
        .contains(
            "    mcp.json\n      mcp.json:1:22: mcpServers.a.command: missing; expected",
            "    models.json\n      1:27: providers.openai.",
            "; correct the file\n",
            "none.jar")
        .endsWith("\n4 problems.\n");
    assertThat(data().resolve("mcp.json")).exists();
  }

  @Test
  void looksAtPackagesAndUndoesWhatIsHalfDone() throws Exception {
    Path place = Files.createDirectories(data().resolve("packages/@a/b"));
    Files.writeString(
        place.resolve("comma-project.json"), "{\"name\":\"@a/b\",\"version\":\"1.0\"}");
    assertThat(kinds()).isEmpty();
    Files.createDirectories(data().resolve("packages/.incoming/work/x"));
    Files.createDirectories(data().resolve("packages/plain"));
    assertThat(kinds()).containsExactly("package", "package");
    assertThat(comma("doctor", "--repair")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown())
        .contains("    packages/plain\n      no package can be called so, and none is found here")
        .endsWith("\n1 problem.\n");
    assertThat(data().resolve("packages/.incoming")).doesNotExist();
  }

  @Test
  void namesAnybodyWhoHoldsTheRuns() throws Exception {
    put("runs/open.jsonl", START);
    try (FileRunStore _ = FileRunStore.open(data().resolve("runs"), "the tea house")) {
      assertThat(comma("doctor")).isZero();
      assertThat(terminal.shown()).contains("none; the runs are held by the tea house");
      assertThat(comma("doctor", "--repair")).isEqualTo(ExitCode.DAEMON);
      assertThat(terminal.errors().getLast()).contains("is in use by the tea house");
    }
  }

  private List<String> kinds() throws InterruptedException {
    FakeTerminal shown = terminal;
    terminal = new FakeTerminal();
    int _ = comma("doctor", "--json");
    List<String> kinds = new ArrayList<>();
    for (JsonNode check : Json.parse(terminal.shown()).orElseThrow().path("checks")) {
      check.path("problems").forEach(problem -> kinds.add(problem.path("kind").asString()));
    }
    terminal = shown;
    return kinds;
  }

  private void put(String name, String text) throws IOException {
    Path file = Files.writeString(data().resolve(name), text);
    mode(file, "rw-------");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private int comma(String... typed) throws InterruptedException {
    return program(data(), Map.of()).run(typed);
  }

  private CommandLineProgram program(Path home, Map<String, String> further) {
    Map<String, String> variables = new java.util.HashMap<>(further);
    variables.put("COMMA_HOME", home.toString());
    Place place = new Place(variables, folder, folder);
    return TypedCommands.of("./comma", place, terminal);
  }
}
