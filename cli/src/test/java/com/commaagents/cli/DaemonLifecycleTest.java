package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.base.task.TaskScope;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.DaemonStatus;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.Occupant;
import com.commaagents.cli.testing.FakeTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Real processes: a JVM for each daemon.
class DaemonLifecycleTest {
  private static final Flags ANY_PORT = new Flags(OptionalInt.of(0), Optional.empty(), false);

  @TempDir Path home;

  private DaemonSettings settings;

  @BeforeEach
  void settle() {
    settings = DaemonSettings.load(place(), ANY_PORT);
  }

  @AfterEach
  void stopWhatRuns() throws InterruptedException {
    if (Occupant.of(settings) instanceof Occupant.Ours) {
      control().stop();
    }
  }

  @Test
  void startsInTheBackgroundTellsItsStatusAndStops() throws Exception {
    DaemonControl control = control();
    assertThat(control.status().json())
        .isEqualTo(
            "{\"running\":false,\"dataFolder\":\""
                + settings.dataDirectory()
                + "\",\"runs\":{\"count\":0,\"bytes\":0}}");
    Files.createDirectories(settings.runsDirectory());
    Files.writeString(settings.runsDirectory().resolve("r1.jsonl"), "x".repeat(1500));
    Files.writeString(settings.runsDirectory().resolve("r1.config.json"), "{}");
    Files.writeString(settings.runsDirectory().resolve("r1.jsonl.damaged-1"), "x");
    Files.writeString(settings.runsDirectory().resolve("no id.jsonl"), "x");

    LockHolder holder = control.start();
    assertThat(holder.build()).isEqualTo(FakeMain.BUILD);
    assertThat(Files.readString(settings.pidFile())).isEqualTo(holder.pid() + "\n");

    DaemonStatus status = control.status();
    assertThat(status.running()).isTrue();
    ObjectNode expected =
        Json.object()
            .put("running", true)
            .put("pid", holder.pid())
            .put("host", "127.0.0.1")
            .put("port", holder.port().orElseThrow())
            .put("uptime", 61000L)
            .put("activeRuns", 2L)
            .put("connectedClients", 1L);
    expected.putObject("confinement").put("commands", "confined by a fence");
    expected
        .put("version", "9.9.9")
        .put("commit", "0123456789abcdef")
        .put("logFile", settings.logFile().toString())
        .put("dataFolder", settings.dataDirectory().toString());
    expected.putObject("runs").put("count", 1L).put("bytes", 1502L);
    assertThat(status.json()).isEqualTo(Json.write(expected));
    assertThat(status.text())
        .contains(
            "The daemon runs.",
            "uptime        1 min 1 s",
            "  commands      confined by a fence\n",
            "1, 1.5 KiB on disk");

    assertThatThrownBy(control::start)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("serves this data folder already: pid " + holder.pid());
    assertThat(control.ensureRunning()).isEqualTo(holder);

    assertThat(control.stop()).isTrue();
    assertThat(control.stop()).isFalse();
    assertThat(settings.pidFile()).doesNotExist();
    assertThat(Files.readString(settings.logFile()))
        .contains("comma 9.9.9 listens on ws://", "stopping", "closed in good order", "stopped");
  }

  @Test
  void isFoundAndStoppedThoughItsSettingsAreWrongByNow() throws Exception {
    LockHolder holder = control().start();
    Files.writeString(
        settings.dataDirectory().resolve("daemon.json"),
        "{\"port\": \"many\", \"logLevel\": \"debug\", \"pots\": 1, \"host\": ");
    FakeTerminal terminal = new FakeTerminal();
    CommandLineProgram comma = TypedCommands.of("comma", place(), terminal);

    assertThat(comma.run("daemon", "status")).isZero();
    assertThat(terminal.shown()).contains("The daemon runs.", "pid           " + holder.pid());
    assertThat(terminal.errors())
        .first()
        .isEqualTo("These settings are wrong, and no daemon starts with them:");
    assertThat(terminal.errors())
        .hasSize(4)
        .anyMatch(line -> line.contains("daemon.json:1:") && line.contains("port"))
        .anyMatch(line -> line.contains("pots: unknown setting"))
        .anyMatch(line -> line.contains("not JSON"));
    assertThat(comma.run("daemon", "start")).isEqualTo(ExitCode.USAGE);
    assertThat(comma.run("daemon", "restart")).isEqualTo(ExitCode.USAGE);
    assertThat(Occupant.of(settings)).isEqualTo(new Occupant.Ours(holder));
    assertThat(comma.run("doctor")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(terminal.shown()).contains("    daemon.json:1:");

    assertThat(comma.run("daemon", "stop")).isZero();

    assertThat(terminal.shown()).endsWith("The daemon has stopped.\n");
    assertThat(Occupant.of(settings)).isEqualTo(new Occupant.Nobody());
    assertThat(comma.run("daemon", "status")).isEqualTo(ExitCode.DAEMON);
  }

  @Test
  void exitsWithZeroOnSigterm() throws Exception {
    Process daemon = foreground();
    awaitListening();
    daemon.destroy();
    assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
  }

  @Test
  void exitsWithZeroOnSigint() throws Exception {
    Process daemon = foreground();
    awaitListening();
    new ProcessBuilder("kill", "-INT", Long.toString(daemon.pid())).start().waitFor();
    assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
  }

  @Test
  void startsOverTheFilesOfADaemonThatWasKilled() throws Exception {
    Process daemon = foreground();
    awaitListening();
    daemon.destroyForcibly().waitFor();
    assertThat(settings.pidFile()).exists();
    assertThat(Occupant.of(settings)).isEqualTo(new Occupant.Nobody());
    assertThat(control().start().pid()).isNotEqualTo(daemon.pid());
  }

  @Test
  void leavesAFolderAloneWhosePidFileNamesALiveStranger() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.createDirectories(settings.dataDirectory());
      Files.writeString(settings.pidFile(), Long.toString(stranger.pid()));
      assertThatThrownBy(() -> control().start())
          .isInstanceOf(Fault.class)
          .hasMessageContaining("names the live process " + stranger.pid());
      assertThatThrownBy(() -> control().stop()).isInstanceOf(Fault.class);
      assertThat(control().status().json()).contains("\"strangerPid\":" + stranger.pid());

      Process daemon = foreground();
      assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.exitValue()).isEqualTo(ExitCode.DAEMON);
      assertThat(settings.runsDirectory()).doesNotExist();
      assertThat(Files.readString(settings.pidFile())).isEqualTo(Long.toString(stranger.pid()));
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void showsTheReasonFromTheLogWhenItDoesNotStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Flags flags = new Flags(OptionalInt.of(taken.getLocalPort()), Optional.empty(), false);
      assertThatThrownBy(() -> control(flags).start())
          .isInstanceOf(Fault.class)
          .hasMessageContaining(
              "The daemon did not start.\nThe port " + taken.getLocalPort() + " is taken");
    }
  }

  @Test
  void givesTwoThatStartAtOnceTheSameDaemon() throws Exception {
    // What other tests have left, such as who watches over their commands.
    Set<Long> before =
        ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    Callable<LockHolder> start = () -> control().ensureRunning();
    List<LockHolder> holders = TaskScope.all("start", Collections.nCopies(2, start));
    assertThat(holders.getFirst()).isEqualTo(holders.getLast());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(
                    ProcessHandle.current()
                        .children()
                        .map(ProcessHandle::pid)
                        .filter(pid -> !before.contains(pid)))
                .as("the one that was too late is gone")
                .containsExactly(holders.getFirst().pid()));
  }

  private DaemonControl control() {
    return control(ANY_PORT);
  }

  private DaemonControl control(Flags flags) {
    return new DaemonControl(settings, flags, program(), Clock.system());
  }

  private BackgroundProcess.Program program() {
    return new BackgroundProcess.Program(withHome(FakeMain.command()), Optional.empty());
  }

  private List<String> withHome(List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "COMMA_HOME=" + home.resolve("data")));
    all.addAll(command);
    return all;
  }

  private Process foreground() throws IOException {
    List<String> command = withHome(FakeMain.command());
    command.addAll(List.of("daemon", "start", "--foreground", "--port", "0"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("output").toFile())
        .start();
  }

  private void awaitListening() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            Occupant.of(settings) instanceof Occupant.Ours(LockHolder holder)
                && holder.port().isPresent());
    // The signal handler is in place when the daemon has said that it listens.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.readString(settings.logFile()).contains("listens on"));
  }

  private Place place() {
    return new Place(Map.of("COMMA_HOME", home.resolve("data").toString()), home, home);
  }
}
