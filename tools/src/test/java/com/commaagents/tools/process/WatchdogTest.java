package com.commaagents.tools.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.tools.confinement.Confinement;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that runs commands and is killed.
@Timeout(120)
class WatchdogTest {
  private static final String COMMAND =
      """
      trap '' TERM HUP
      (setsid sleep 411 &)
      env -i sleep 412 &
      sleep 413 >/dev/null 2>&1 &
      echo $! > ready.new; mv ready.new ready
      sleep 414
      """;

  private Path folder = Path.of("");

  @BeforeEach
  void findFolder(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
  }

  private static CommandRunner runner(CommandEnvironment environment) {
    return new CommandRunner(
        Clock.system(), IdGenerator.random(), environment, Confinement.none(), Path.of("/"));
  }

  private static CommandEnvironment environment() {
    return new CommandEnvironment(Map.of("PATH", "/usr/bin:/bin"), Set.of(), IdGenerator.random());
  }

  /// What is killed: it has a resident program, leaves something behind, then runs a command that
  /// does not end.
  public static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path folder = Path.of(arguments[0]);
      CommandEnvironment environment = environment();
      ResidentProgram.start(
          new ResidentProgram.Request(List.of("sleep", "417"), folder, folder, Map.of()),
          environment,
          Confinement.none(),
          Clock.system(),
          IdGenerator.random());
      try (CommandRunner runner = runner(environment)) {
        Duration hour = Duration.ofHours(1);
        runner.run(
            new CommandRunner.Request("sleep 415 >/dev/null 2>&1 &", folder, Map.of(), hour));
        runner.run(new CommandRunner.Request(COMMAND, folder, Map.of(), hour));
      }
    }
  }

  @Test
  void endsAllCommandsOfAProcessThatWasKilledAndNoneOfAnother() throws Exception {
    try (CommandRunner mine = runner(environment())) {
      mine.run(
          new CommandRunner.Request(
              "sleep 416 >/dev/null 2>&1 &", folder, Map.of(), Duration.ofMinutes(1)));
      // Who watched over the command ends a moment after it.
      await().until(() -> inFolder().size() == 1);
      List<Path> untouched = inFolder();

      Process victim = startVictim();
      try (BufferedReader _ = victim.inputReader(StandardCharsets.UTF_8)) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("ready")));
        // Its six sleepers, the shell and who watches over it, and mine.
        await().until(() -> inFolder().size() >= 8);
      } finally {
        victim.toHandle().destroyForcibly();
        victim.waitFor();
      }

      await().atMost(Duration.ofSeconds(60)).until(() -> inFolder().equals(untouched));
    }
  }

  private Process startVictim() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Victim.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void isOneForAllCommandsAndStartedAgainWhereItIsGone() throws Exception {
    CommandEnvironment environment = environment();
    assertThat(environment.watchdog().handle()).isEmpty();
    try (CommandRunner first = runner(environment);
        CommandRunner second = runner(environment)) {
      ProcessHandle watchdog = afterACommand(first, environment).orElseThrow();
      assertThat(afterACommand(second, environment)).contains(watchdog);
      watchdog.destroyForcibly();
      watchdog.onExit().join();
      assertThat(afterACommand(first, environment).orElseThrow().isAlive()).isTrue();
    }
  }

  private Optional<ProcessHandle> afterACommand(
      CommandRunner runner, CommandEnvironment environment)
      throws IOException, InterruptedException {
    runner.run(new CommandRunner.Request("true", folder, Map.of(), Duration.ofMinutes(1)));
    return environment.watchdog().handle();
  }

  private List<Path> inFolder() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isThere(process)) {
          found.add(process);
        }
      }
    }
    return found;
  }

  private boolean isThere(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
    } catch (IOException ended) {
      return false;
    }
  }
}
