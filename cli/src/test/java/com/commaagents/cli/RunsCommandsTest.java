package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `comma runs …` and `comma doctor` beside a daemon of this process that keeps three runs.
@Timeout(60)
class RunsCommandsTest {
  private static final String TIMELINE =
      """
      {"type":"run_started","ts":"2026-01-0%1$dT00:00:00.000Z","strategyPath":"/s/talk.yaml","strategyName":"talk","cwd":"/w%1$d","initialInput":"hello"}
      {"type":"run_completed","ts":"2026-01-0%1$dT00:01:00.000Z","status":"completed"}
      """;

  @TempDir Path folder;

  private FakeTerminal terminal = new FakeTerminal(false, 100);
  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    Files.createDirectories(runs());
    for (int i = 1; i <= 3; i++) {
      Files.writeString(runs().resolve("run-" + i + ".jsonl"), TIMELINE.formatted(i));
    }
    DaemonSettings settings =
        DaemonSettings.load(place(), new Flags(OptionalInt.of(0), Optional.empty(), false));
    daemon = RunningDaemon.start(settings, new Wiring(place()), FakeMain.BUILD, Clock.system());
  }

  @AfterEach
  void stopDaemon() {
    daemon.close();
  }

  @Test
  void listsRunsInColumnsAndForPrograms() throws Exception {
    assertThat(comma("runs", "list", "--limit", "2")).isZero();
    assertThat(terminal.shown().lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactly("RUN", "run-3", "run-2");
    assertThat(terminal.errors())
        .containsExactly("There are more; they follow with --before run-2.");

    assertThat(ids("--before", "run-2")).containsExactly("run-1");
    assertThat(ids("--cwd", "/w2")).containsExactly("run-2");
    assertThat(ids("--query", "RUN-3")).containsExactly("run-3");
    assertThat(ids("--status", "error")).isEmpty();
    JsonNode run = json("runs", "list", "--json", "--limit=1").path("runs").path(0);
    assertThat(run.path("bytes").asLong()).isEqualTo(Files.size(runs().resolve("run-3.jsonl")));
    assertThat(run.path("status").asString()).isEqualTo("completed");
  }

  @Test
  void saysThatThereAreNone() throws Exception {
    assertThat(comma("runs", "list", "--query", "nothing")).isZero();
    assertThat(terminal.errors()).containsExactly("There are no such runs.");
    assertThat(terminal.shown()).isEmpty();
  }

  @Test
  void showsARun() throws Exception {
    assertThat(comma("runs", "show", "run-1")).isZero();
    assertThat(terminal.shown())
        .startsWith("Run run-1\n  status    completed\n  strategy  talk\n")
        .contains("  folder    /w1\n", "\nInput\nhello\n");
    assertThat(json("runs", "show", "run-1", "--json").path("type").asString())
        .isEqualTo("run_snapshot");
  }

  @Test
  void stopsARunThatWasLeft() throws Exception {
    String run = leaveARunThatWaits();
    assertThat(comma("runs", "stop", run, "run-1", "..")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown()).isEqualTo("Stopped " + run + ".\n");
    assertThat(terminal.errors())
        .containsExactly(
            "No such run is live: run-1. `comma runs list` shows what there is.",
            "No such run is live: ... `comma runs list` shows what there is.");
    assertThat(json("runs", "show", run, "--json").path("status").asString())
        .isEqualTo("cancelled");
  }

  @Test
  void steersAndAnswersARunThatWasLeft() throws Exception {
    String run = leaveARunThatWaits();
    assertThat(comma("runs", "steer", run, "And be brief.")).isZero();
    terminal = new FakeTerminal(false, 100).typing("go on");
    assertThat(comma("run", "--attach", run)).isZero();
    assertThat(terminal.shown()).contains("? you: Go on?\n> ", "echo: go on", "And be brief.");
    assertThat(comma("runs", "steer", run, "Too late.")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.errors())
        .containsExactly("No such run is live: left. `comma runs list` shows what there is.");
  }

  private String leaveARunThatWaits() throws Exception {
    Files.writeString(
        folder.resolve("wait.yaml"),
        """
        name: wait
        version: "1"
        agents:
          you: {type: user, config: {presetMessage: "Go on?"}}
          echo: {model: scripted/default}
        flow:
          name: f
          type: sequential
          steps: [{agent: you}, {agent: echo}]
        """);
    Files.writeString(folder.resolve("wait.script.yaml"), "echo: \"echo: {{input}}\"\n");
    assertThat(comma("run", "wait.yaml", "--detach", "--quiet", "--run-id", "left")).isZero();
    assertThat(terminal.shown()).isEqualTo("left\n");
    terminal = new FakeTerminal(false, 100);
    return "left";
  }

  @Test
  void exportsATimelineAsItIs() throws Exception {
    assertThat(comma("runs", "export", "run-2")).isZero();
    assertThat(terminal.shown()).isEqualTo(TIMELINE.formatted(2));
    assertThat(comma("runs", "export", "run-2", "--to", "copy.jsonl")).isZero();
    Path copy = folder.resolve("copy.jsonl");
    assertThat(copy).hasContent(TIMELINE.formatted(2));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesAFileAloneThatIsThereAlready() throws Exception {
    Path copy = Files.writeString(folder.resolve("copy.jsonl"), "mine");
    assertThat(comma("runs", "export", "run-2", "--to", "copy.jsonl")).isEqualTo(ExitCode.USAGE);
    assertThat(comma("runs", "export", "run-2", "--to", "none/copy.jsonl"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(copy).hasContent("mine");
  }

  @Test
  void exportsWholeLinesOnly() throws Exception {
    Files.writeString(
        runs().resolve("run-2.jsonl"), "half a l", java.nio.file.StandardOpenOption.APPEND);
    assertThat(comma("runs", "export", "run-2")).isZero();
    assertThat(terminal.shown()).isEqualTo(TIMELINE.formatted(2));
  }

  @Test
  void deletesWhatAPersonAgreesTo() throws Exception {
    terminal.typing("n").typing("y");
    assertThat(comma("runs", "delete", "run-1", "run-3", "run-1")).isZero();
    assertThat(terminal.shown()).contains("Delete 2 runs, ").endsWith("Nothing is deleted.\n");
    assertThat(kept()).hasSize(3);
    assertThat(comma("runs", "delete", "run-1", "run-3")).isZero();
    assertThat(terminal.shown()).contains("Deleted 2 runs, ");
    assertThat(kept()).containsExactly("run-2.jsonl");
  }

  @Test
  void deletesNothingWhereNobodyCanBeAskedOrOneOfThemIsUnknown() throws Exception {
    terminal.unattended();
    assertThat(comma("runs", "delete", "run-1")).isEqualTo(ExitCode.USAGE);
    assertThat(comma("runs", "delete", "run-1", "run-9", "--yes")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.errors().getLast()).startsWith("Run not found: run-9.");
    assertThat(kept()).hasSize(3);
    assertThat(comma("runs", "delete", "run-1", "--yes")).isZero();
    assertThat(kept()).hasSize(2);
  }

  @Test
  void leavesALiveRunAndSaysSo() throws Exception {
    startWaitingRun();
    assertThat(comma("runs", "delete", "live", "--yes")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.errors()).contains("Run is live: live. Stop it first.");
    assertThat(comma("runs", "prune", "--older-than", "0d", "--yes")).isZero();
    assertThat(kept()).containsExactly("live.jsonl");
    assertThat(comma("doctor", "--json")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown()).doesNotContain("no-end");
  }

  /// Starts a run that waits for a person.
  private void startWaitingRun() throws Exception {
    Path strategy =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            name: s
            version: '1'
            agents: {me: {type: user}}
            flow: {type: sequential, name: m, steps: [{agent: me}]}
            """);
    DaemonSettings settings = DaemonSettings.load(place(), Flags.NONE);
    try (DaemonClient client = DaemonDoor.connect(daemon.holder(), settings)) {
      JsonNode _ =
          client.ask(
              Json.object()
                  .put("type", "prepare_run")
                  .put("runId", "live")
                  .put("strategyPath", strategy.toString()));
      JsonNode _ = client.ask(Json.object().put("type", "start_run").put("runId", "live"));
    }
  }

  @Test
  void prunesByItsConditions() throws Exception {
    assertThat(comma("runs", "prune", "--keep", "1", "--dry-run")).isZero();
    assertThat(terminal.shown()).contains("run-2", "run-1", "Would delete 2 runs, ");
    assertThat(kept()).hasSize(3);
    assertThat(comma("runs", "prune", "--keep", "1", "--yes")).isZero();
    assertThat(kept()).containsExactly("run-3.jsonl");
    assertThat(comma("runs", "prune", "--max-size", "1MiB")).isZero();
    assertThat(terminal.shown()).endsWith("There is nothing to delete; runs that stay: 1.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs|Usage: comma runs COMMAND",
        "runs lst|did you mean `list`?",
        "runs list --limit 0|--limit: expected a whole number above 0, not `0`.",
        "runs list --limit many|--limit: expected a whole number above 0, not `many`.",
        "runs list --status done|--status: expected one of pending, running, completed",
        "runs list --before run-9|before: there is no run run-9 in the list.",
        "runs show|Which run?",
        "runs show run-9|Run not found: run-9",
        "runs show ../run-1|Run not found: ../run-1",
        "runs show run-1 run-2|does not know what to do with `run-2`",
        "runs export|Which run?",
        "runs export run-9|Run not found: run-9",
        "runs delete|Which runs?",
        "runs delete ../x --yes|Run not found: ../x",
        "runs prune|Which runs may go?",
        "runs prune --older-than 30|--older-than: expected a time such as 12h, 30d or 2w",
        "runs prune --keep -1|--keep: expected a whole number above 0",
        "runs prune --max-size big|--max-size: expected a size such as 500MiB or 2GiB",
        "doctor now|does not know what to do with `now`",
      })
  void refusesWrongUsage(String typed, String message) throws Exception {
    assertThat(comma(typed.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", terminal.errors())).contains(message);
    assertThat(kept()).hasSize(3);
  }

  @Test
  void theDoctorRepairsNothingUnderADaemon() throws Exception {
    Files.writeString(runs().resolve("run-2.jsonl"), "damage\n");
    assertThat(comma("doctor", "--repair")).isEqualTo(ExitCode.DAEMON);
    assertThat(terminal.errors().getLast())
        .startsWith("A daemon serves this data folder already: pid ")
        .endsWith(" Stop it first: comma daemon stop.");
    assertThat(runs().resolve("run-2.jsonl")).hasContent("damage");
  }

  private List<String> ids(String... options) throws InterruptedException {
    List<String> typed =
        Stream.concat(Stream.of("runs", "list", "--json"), Stream.of(options)).toList();
    return json(typed.toArray(String[]::new))
        .path("runs")
        .valueStream()
        .map(run -> run.path("runId").asString())
        .toList();
  }

  private JsonNode json(String... typed) throws InterruptedException {
    FakeTerminal own = new FakeTerminal();
    assertThat(program(own).run(typed)).isZero();
    return Json.parse(own.shown()).orElseThrow();
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(runs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl"))
          .sorted()
          .toList();
    }
  }

  private int comma(String... typed) throws InterruptedException {
    return program(terminal).run(typed);
  }

  private CommandLineProgram program(FakeTerminal shown) {
    return TypedCommands.of("./comma", place(), shown);
  }

  private Path runs() {
    return folder.resolve("data/runs");
  }

  private Place place() {
    return new Place(Map.of("COMMA_HOME", folder.resolve("data").toString()), folder, folder);
  }
}
