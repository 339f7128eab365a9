package com.commaagents.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.confinement.Kind;
import com.commaagents.tools.confinement.WritablePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

@Timeout(120)
@ParameterizedClass
@MethodSource("com.commaagents.tools.confinement.Kind#ofThisSystem")
class RunCommandTest {
  @Parameter private Kind kind = Kind.NONE;
  @TempDir Path folder;
  private World world;
  private Confinement confinement = Confinement.none();

  @BeforeEach
  void open() throws InterruptedException {
    confinement = kind.with(new WritablePlaces(List.of(), Optional.empty()));
    world =
        new World(
            folder,
            Verdict.ALLOW,
            Map.of(
                "OPENAI_API_KEY",
                "leak",
                "GITHUB_TOKEN",
                "leak",
                "COMMA_AUTH",
                "leak",
                "MY_PROVIDER_LOGIN",
                "leak",
                "AWS_SECRET_ACCESS_KEY",
                "leak",
                "my_secret",
                "leak",
                "HOME",
                "/home/somebody"),
            confinement);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String run(String command) throws InterruptedException {
    return world.call("run_command", arguments(command));
  }

  private static ObjectNode arguments(String command) {
    return Json.object().put("command", command);
  }

  private static String withoutTime(String answer) {
    return answer.replaceAll("\\(\\d+ ms\\)", "(N ms)");
  }

  @Test
  void tellsTheExitCodeAndBothStreams() throws Exception {
    assertThat(withoutTime(run("echo hi; echo err >&2; exit 3")))
        .isEqualTo(
            """
            Ran `echo hi; echo err >&2; exit 3` in %s (N ms).

            STATUS: FAILED — exit code 3 (command_failed)
            Next: the command did not succeed; find the cause in STDERR and STDOUT, mend it and run it \
            again, or say that you are blocked.

            STDOUT:
            hi


            STDERR:
            err
            """
                .formatted(world.workspace));
    assertThat(run("true")).contains("STATUS: OK — exit code 0");
    assertThat(run("kill -9 $$")).contains("exit code 137");
    assertThat(run("kill -9 $PPID; sleep 60")).contains("exit code 137");
  }

  @Test
  void hasNoInputAndNoTerminal() throws Exception {
    assertThat(run("cat; tty; (echo x > /dev/tty) 2>/dev/null || echo none"))
        .contains("STDOUT:\nnot a tty\nnone\n");
    assertThat(run("ps -o sid= -p $$ | grep -q " + ProcessHandle.current().pid()))
        .contains("exit code 1");
  }

  @Test
  void runsWhereItIsTold() throws Exception {
    Files.createDirectory(world.workspace.resolve("sub"));
    world.people.decide(Decision.DENY);

    assertThat(run("pwd")).contains("STDOUT:\n" + world.workspace + "\n");
    assertThat(world.call("run_command", arguments("pwd").put("cwd", "sub")))
        .contains("STDOUT:\n" + world.workspace.resolve("sub") + "\n");
    assertThat(world.call("run_command", arguments("pwd").put("cwd", "no")))
        .startsWith("not_found: ");
    assertThat(world.call("run_command", arguments("pwd").put("cwd", "../outside")))
        .startsWith("outside_workspace: ");
  }

  @Test
  void doesNotRunInAFolderThatWasExchanged() throws Exception {
    Path sub = Files.createDirectory(world.workspace.resolve("sub"));
    world.policy(Mode.WRITE, List.of(), List.of(), Optional.of(Verdict.ASK), "run_command");
    world.people.decide(Decision.ALLOW);
    world.people.beforeAnswer(() -> {
      try {
        Files.delete(sub);
        Files.createSymbolicLink(sub, world.outside);
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
    });

    assertThat(world.call("run_command", arguments("touch here").put("cwd", "sub")))
        .startsWith("outside_workspace: The folder to run in was exchanged");
    assertThat(world.outside).isEmptyDirectory();
  }

  @Test
  void hidesTheDaemonsCredentials() throws Exception {
    assertThat(run("env")).doesNotContain("leak").contains("HOME=/home/somebody");
    ObjectNode own = arguments("echo $MINE_TOKEN");
    own.putObject("env").put("MINE_TOKEN", "given");
    assertThat(world.call("run_command", own)).contains("STDOUT:\ngiven\n");
    ObjectNode wrong = arguments("true");
    wrong.putObject("env").put("A=B", "x");
    assertThat(world.call("run_command", wrong))
        .startsWith("unknown: This is no name of a variable");
    assertThat(run("a\0b")).startsWith("unknown: ");
  }

  @Test
  void keepsTheFirstMebibyteOfEachStreamAndReadsOn() throws Exception {
    String answer =
        run("head -c 1048576 /dev/zero | tr '\\0' a; head -c 1048577 /dev/zero | tr '\\0' b >&2");

    assertThat(answer.chars().filter(c -> c == 'a').count()).isGreaterThan(1_048_576);
    assertThat(answer.split("\nSTDERR:\n", -1)[0]).doesNotContain("[cut");
    assertThat(answer.split("\nSTDERR:\n", -1)[1])
        .isEqualTo("b".repeat(1_048_576) + "\n[cut: only the first 1 MiB is shown]");
    assertThat(run("head -c 20000000 /dev/zero; echo done >&2; exit 4"))
        .contains("exit code 4")
        .endsWith("STDERR:\ndone\n");
  }

  @Test
  void waitsForNothingThatWasLeftBehind() throws Exception {
    assertThat(run("sleep 300 & echo started")).contains("STDOUT:\nstarted\n");
    assertThat(run("yes & echo flooded >&2")).contains("STDERR:\nflooded\n");
    assertThat(run("(trap '' HUP TERM; sleep 300) >/dev/null 2>&1 & echo $! > pid"))
        .contains("exit code 0");
    assertThat(run("kill -0 $(cat pid)")).contains("exit code 0");
    assertThat(ofThisWorkspace()).isNotEmpty();

    world.close();

    await().until(() -> ofThisWorkspace().isEmpty());
  }

  private List<String> ofThisWorkspace() throws IOException {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      List<String> found = new java.util.ArrayList<>();
      for (Path process : processes) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(world.workspace)) {
            found.add(process.toString());
          }
        } catch (IOException ended) {
          found.remove(process.toString());
        }
      }
      return found;
    }
  }

  @Test
  void endsTheWholeTreeWhenTheTimeIsOver() throws Exception {
    String tree =
        """
        trap '' TERM HUP INT
        echo before
        (sleep 301 & sleep 302) &
        (setsid sh -c 'trap "" TERM; sleep 303 & wait' &) &
        sh -c 'trap "" TERM; (sleep 304 &)'
        sleep 305
        """;

    assertThat(world.call("run_command", arguments(tree).put("timeoutMs", 500)))
        .contains("STATUS: ENDED — it ran longer than 500 ms (timeout)")
        .contains("STDOUT:\nbefore\n");
    await().until(() -> ofThisWorkspace().isEmpty());
  }

  @Test
  void endsTheWholeTreeAtOnceWhenItIsInterrupted() throws Exception {
    AtomicReference<String> outcome = new AtomicReference<>("");
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.set(
                    run("trap '' TERM; (setsid sleep 306 &); sleep 307 & touch ready; sleep 308"));
              } catch (InterruptedException stopped) {
                outcome.set("interrupted");
              }
            });
    await().until(() -> Files.exists(world.workspace.resolve("ready")));

    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    assertThat(outcome.get()).isEqualTo("interrupted");
    await().until(() -> ofThisWorkspace().isEmpty());
  }

  @Test
  void survivesAWatcherThatIsKilledUnderAFlood() throws Exception {
    assertThat(run("yes & kill -9 $PPID; sleep 60")).contains("exit code 137");
    world.close();
    await().until(() -> ofThisWorkspace().isEmpty());
  }

  @Test
  void neverRunsACatastrophe() throws Exception {
    world.policy(Mode.WRITE, List.of("*"), List.of(), Optional.of(Verdict.ALLOW), "run_command");

    assertThat(run("sudo rm -fr --no-preserve-root /"))
        .startsWith("permission_denied: This command is never run: it looks like deleting");
    assertThat(run("rm -rf ./build")).contains("exit code 0");
  }

  @Test
  void asksWhereThePolicySaysSo() throws Exception {
    try (World asking = new World(folder, Verdict.ASK, Map.of(), confinement)) {
      asking.people.decide(Decision.ALLOW, Decision.DENY, Decision.ALLOW_SESSION);

      assertThat(asking.call("run_command", arguments("echo 1"))).contains("exit code 0");
      assertThat(asking.call("run_command", arguments("echo 1"))).startsWith("permission_denied: ");
      assertThat(asking.call("run_command", arguments("echo 1"))).contains("exit code 0");
      assertThat(asking.call("run_command", arguments("echo 1"))).contains("exit code 0");
      assertThat(asking.people.requests())
          .hasSize(3)
          .allSatisfy(request -> {
            assertThat(request.operation()).isEqualTo(Operation.EXECUTE);
            assertThat(request.resource()).isEqualTo("echo 1");
            assertThat(request.details())
                .contains(Json.object().put("cwd", asking.workspace.toString()));
          });
    }
    try (World denying = new World(folder, Verdict.DENY, Map.of(), confinement)) {
      assertThat(denying.call("run_command", arguments("echo 1")))
          .startsWith("permission_denied: ");
    }
  }

  @Test
  void letsPatternsDecideAboutWholeLinesOnly() throws Exception {
    world.policy(
        Mode.WRITE,
        List.of("echo *"),
        List.of("echo secret*"),
        Optional.of(Verdict.ASK),
        "run_command");
    world.people.decide(Decision.DENY, Decision.DENY, Decision.DENY, Decision.DENY);

    assertThat(run("echo a")).contains("exit code 0");
    assertThat(world.people.requests()).isEmpty();
    assertThat(run("echo a; touch b")).startsWith("permission_denied: ");
    assertThat(run("echo $(touch b)")).startsWith("permission_denied: ");
    assertThat(run("echo a > b")).startsWith("permission_denied: ");
    assertThat(run("echo a | tee b")).startsWith("permission_denied: ");
    assertThat(world.people.requests()).extracting(PermissionRequest::resource).hasSize(4);
    assertThat(run("true; echo secrets")).startsWith("permission_denied: ");
    assertThat(world.people.requests()).hasSize(4);
    assertThat(world.workspace.resolve("b")).doesNotExist();
  }

  private static boolean isWatchdog(ProcessHandle process) {
    return List.of(process.info().arguments().orElse(new String[0])).contains("comma-watchdog");
  }

  @Test
  void leavesNoThreadAndNoZombieBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(run("echo " + i)).contains("exit code 0");
    }
    world.close();
    // What stays are the watchdogs of this daemon and of other worlds.
    await().until(() -> ProcessHandle.current().children().allMatch(RunCommandTest::isWatchdog));
  }
}
