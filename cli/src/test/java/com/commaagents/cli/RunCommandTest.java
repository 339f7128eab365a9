package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.DaemonService;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.testing.FakeDaemon;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The whole command against a daemon of this process that answers every run the same.
@Timeout(60)
class RunCommandTest {
  @TempDir Path folder;

  private final FakeTerminal terminal = new FakeTerminal();
  private FakeDaemon fake;
  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    fake = new FakeDaemon(0, RunCommandTest::answer);
    DaemonSettings settings =
        DaemonSettings.load(place(), new Flags(OptionalInt.of(0), Optional.empty(), false));
    daemon = RunningDaemon.start(settings, _ -> service(), FakeMain.BUILD, Clock.system());
    Files.writeString(folder.resolve("s.yaml"), "name: s\nagents: {a: {model: openai/gpt-4.1}}\n");
  }

  @AfterEach
  void stopDaemon() {
    daemon.close();
  }

  @Test
  void runsAStrategyAndShowsItsEnd() throws Exception {
    assertThat(comma("run", "s.yaml", "--input", "hello")).isZero();
    assertThat(terminal.shown())
        .isEqualTo(
            """

            Result
            fine

            ✓ completed  3 tokens in, 4 out
              run r1
              go on with: ./comma run --continue r1 --input "…"
            """);
    assertThat(terminal.errors()).isEmpty();
    assertThat(fake.received().take().toString())
        .isEqualTo(
            "{\"type\":\"prepare_run\",\"strategyPath\":\"%1$s/s.yaml\",\"cwd\":\"%1$s\",\"requestId\":\"prepare\"}"
                .formatted(folder));
    assertThat(fake.received().take().path("input").asString()).isEqualTo("hello");
  }

  @Test
  void saysInOneLineThatItTakesTheScriptedModel() throws Exception {
    Files.createFile(folder.resolve("s.script.yaml"));
    assertThat(comma("run", "s.yaml")).isZero();
    assertThat(terminal.errors())
        .containsExactly(
            "No API key for openai (set OPENAI_API_KEY): using the scripted model of"
                + " s.script.yaml.");
    assertThat(fake.received().take().path("modelOverride").asString())
        .isEqualTo("scripted/default");
  }

  @Test
  void takesTheModelThatIsNamed() throws Exception {
    Files.createFile(folder.resolve("s.script.yaml"));
    assertThat(comma("run", "s.yaml", "-m", "openai/o3", "--run-id", "mine")).isZero();
    JsonNode prepare = fake.received().take();
    assertThat(prepare.path("modelOverride").asString()).isEqualTo("openai/o3");
    assertThat(prepare.path("runId").asString()).isEqualTo("mine");
  }

  @Test
  void asksForTheLimitsThatAreNamed() throws Exception {
    String limits =
        "--max-tokens 1000 --max-cost 0.50 --max-duration 1h30m --max-agent-calls 5"
            + " --max-tool-calls=20";
    assertThat(comma(("run s.yaml " + limits).split(" "))).isZero();
    assertThat(fake.received().take().path("limits").toString())
        .isEqualTo(
            "{\"maxTokens\":1000,\"maxCostUsd\":0.5,\"maxDurationMs\":5400000,"
                + "\"maxAgentCalls\":5,\"maxToolCalls\":20}");
  }

  @Test
  void readsTheInputFromAFileOrTheStandardInput() throws Exception {
    Files.writeString(folder.resolve("task.txt"), "from a file");
    comma("run", "s.yaml", "--input-file", "task.txt");
    comma("run", "s.yaml", "-");
    fake.received().take();
    assertThat(fake.received().take().path("input").asString()).isEqualTo("from a file");
    fake.received().take();
    assertThat(fake.received().take().path("input").asString()).isEqualTo("from standard input");
  }

  @Test
  void printsEachMessageAsALineOrTheResultAlone() throws Exception {
    assertThat(comma("run", "s.yaml", "--json")).isZero();
    assertThat(terminal.shown().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(Json.parse(line)).isPresent());
    int before = terminal.shown().length();
    assertThat(comma("run", "s.yaml", "--quiet")).isZero();
    assertThat(terminal.shown().substring(before)).isEqualTo("fine\n");
  }

  @Test
  void continuesARun() throws Exception {
    assertThat(comma("run", "--continue", "r1", "--input", "more")).isZero();
    assertThat(fake.received().take().toString())
        .isEqualTo("{\"type\":\"prepare_run\",\"runId\":\"r1\",\"requestId\":\"prepare\"}");
    assertThat(fake.received().take().path("type").asString()).isEqualTo("continue_run");
  }

  @Test
  void resumesARun() throws Exception {
    assertThat(comma("run", "--resume", "r1")).isZero();
    assertThat(fake.received().take().toString())
        .isEqualTo("{\"type\":\"resume_run\",\"runId\":\"r1\",\"requestId\":\"start\"}");
    assertThat(terminal.shown()).contains("✓ completed");
  }

  @Test
  void attachesToARun() throws Exception {
    assertThat(comma("run", "--attach", "r1")).isZero();
    assertThat(fake.received().take().toString())
        .isEqualTo("{\"type\":\"attach_run\",\"runId\":\"r1\",\"requestId\":\"attach\"}");
    assertThat(terminal.shown()).contains("✓ completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run|Which strategy?",
        "run missing.yaml|Strategy file not found",
        "run s.yaml --input a --input-file b|give one of them",
        "run --continue r1|give it with --input",
        "run s.yaml --continue r1 --run-id r2 -i x|give one of them",
        "run --resume r1 --input x|leave --input out",
        "run --resume r1 --max-tokens 5|leave --max-tokens out",
        "run s.yaml --resume r1|leave the strategy out",
        "run --attach r1 -d|--attach watches a run, --detach leaves it",
        "run s.yaml -d -y -i x|nobody is there to allow what it asks",
        "run --attach r1 --resume r2|leave --attach out",
        "run --attach r1 --model a/b -i x|leave --model, --input out",
        "run s.yaml -a r1|--attach watches a run as it was started: leave the strategy out",
        "run s.yaml --cwd nowhere|no such folder",
        "run s.yaml --input-file nowhere|cannot be read",
        "run s.yaml text|is given with --input",
        "run s.yaml --colour|Unknown option",
        "run s.yaml --max-tokens 0|--max-tokens: expected a whole number above 0, not `0`.",
        "run s.yaml --max-tokens 1.5|--max-tokens: expected a whole number above 0, not `1.5`.",
        "run s.yaml --max-cost -1|--max-cost: expected an amount above 0, for example 0.50",
        "run s.yaml --max-duration 10|--max-duration: expected a time such as 90s, 10m or 1h30m",
        "run s.yaml --max-duration 0s|--max-duration: expected a time such as 90s, 10m or 1h30m",
        "run s.yaml --max-agent-calls x|--max-agent-calls: expected a whole number above 0",
        "run s.yaml --max-tool-calls|--max-tool-calls needs a value: --max-tool-calls N",
        "daemon start --port 65536|expected a number from 0 to 65535",
        "daemon start --port x|expected a number from 0 to 65535",
        "daemon|Usage: comma daemon COMMAND",
      })
  void refusesWrongUsage(String typed, String message) throws Exception {
    assertThat(comma(typed.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", terminal.errors())).contains(message);
    assertThat(fake.received()).isEmpty();
  }

  private static void answer(JsonNode message, FakeDaemon.Connection connection)
      throws IOException {
    switch (Json.text(message, "type").orElse("")) {
      case "prepare_run" ->
          connection.send("{\"type\":\"run_prepared\",\"runId\":\"r1\",\"requestId\":\"prepare\"}");
      case "start_run", "continue_run", "resume_run", "attach_run" ->
          connection.send(
              "{\"type\":\"strategy_completed\",\"runId\":\"r1\",\"result\":\"fine\","
                  + "\"usage\":{\"promptTokens\":3,\"completionTokens\":4}}");
      default -> {}
    }
  }

  private DaemonService service() {
    return new DaemonService() {
      @Override
      public int port() {
        return fake.port();
      }

      @Override
      public void close() {
        fake.close();
      }
    };
  }

  private int comma(String... typed) throws InterruptedException {
    return new CommandLineProgram(
            new Surroundings(
                "./comma",
                place(),
                terminal,
                FakeMain.BUILD,
                new BackgroundProcess.Program(List.of("false"), Optional.empty()),
                _ -> service(),
                Clock.system()))
        .run(typed);
  }

  private Place place() {
    return new Place(Map.of("COMMA_HOME", folder.resolve("data").toString()), folder, folder);
  }
}
