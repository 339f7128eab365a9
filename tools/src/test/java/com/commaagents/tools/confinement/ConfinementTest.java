package com.commaagents.tools.confinement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What every kind of confinement keeps commands from, and what it lets them do.
@Timeout(120)
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("com.commaagents.tools.confinement.Kind#confining")
class ConfinementTest {
  @TempDir Path folder;
  @Parameter private Kind kind = Kind.NONE;
  private World world;
  private Path writable;
  private Path victim;

  @BeforeEach
  void open() throws Exception {
    Path real = folder.toRealPath();
    writable = Files.createDirectory(real.resolve("cache"));
    Path missing = real.resolve("missing");
    WritablePlaces places = new WritablePlaces(List.of(writable, missing), Optional.empty());
    world =
        new World(folder, Verdict.ALLOW, Map.of("HOME", writable.toString()), kind.with(places));
    victim = world.write(world.outside, "victim", "precious");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String run(String command) throws InterruptedException {
    return world.call("run_command", Json.object().put("command", command));
  }

  private void assertHarmless(String command) throws Exception {
    assertThat(run(command)).contains("STATUS: FAILED");
    assertThat(victim).hasContent("precious");
    try (var files = Files.list(world.outside)) {
      assertThat(files.toList()).containsExactly(victim);
    }
  }

  @Test
  void keepsCommandsFromWritingOutside() throws Exception {
    assertHarmless("echo x > " + victim);
    assertHarmless("echo x >> ../outside/victim");
    assertHarmless("truncate -s 0 ../outside/victim");
    assertHarmless("rm ../outside/victim");
    assertHarmless("mv ../outside/victim here");
    assertHarmless("echo new > new && ln new ../outside/new");
    assertHarmless("echo new > new && mv new ../outside/new");
    assertHarmless("mkdir ../outside/folder");
    assertHarmless("ln -s /etc ../outside/link");
    assertHarmless("echo x > /proc/self/root" + victim);
    assertHarmless("echo x > /proc/self/cwd/../outside/victim");
    assertHarmless("bash -c 'exec 3<>../outside/victim'");
    assertHarmless("mv " + world.outside + " " + world.outside + "2");
  }

  @Test
  void keepsLinksFromLeadingOutside() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve("before"), world.outside);

    assertHarmless("echo x > before/victim");
    assertHarmless("ln -s ../outside after && echo x > after/new");
    assertHarmless("ln ../outside/victim hard && echo x > hard");
    assertHarmless(
        """
        mkdir real
        (while :; do ln -sfn ../outside swap; rm -f swap; mkdir swap; rmdir swap; done) >/dev/null 2>&1 &
        for i in $(seq 200); do (echo x > swap/new) 2>/dev/null; done
        kill $!
        exit 1
        """);
  }

  @Test
  void keepsAMovedWorkspaceFromLendingItsNameToAnotherFolder() throws Exception {
    assertThat(run("touch begun")).contains("exit code 0");
    Files.move(world.workspace, world.workspace.resolveSibling("moved"));
    Files.createSymbolicLink(world.workspace, world.outside);

    assertThat(run("echo x > victim")).doesNotContain("STATUS: OK");

    assertThat(victim).hasContent("precious");
  }

  @Test
  void keepsCommandsFromLiftingIt() throws Exception {
    assertHarmless("mount -o remount,rw / && echo x > ../outside/victim");
    assertHarmless("mount --bind ../outside . && echo x > victim");
    assertHarmless("unshare -Urm sh -c 'mount -o remount,rw /; echo x > ../outside/victim'");
    assertHarmless("unshare -Urm sh -c 'umount -l /; echo x > ../outside/victim'");
    assertHarmless("mknod disk b 8 0");
    assertHarmless("grep -q 'NoNewPrivs:.*0' /proc/self/status");
    long daemon = ProcessHandle.current().pid();
    assertHarmless("echo x > /proc/" + daemon + "/root" + victim);
    assertHarmless("echo x > /proc/" + daemon + "/cwd/pom.xml");
    assertHarmless("for p in /proc/[0-9]*; do (echo x > $p/root" + victim + "); done; exit 1");
  }

  /// What a process shows of itself in `/proc` can hold credentials. Bubblewrap shows a command no
  /// process of others; Landlock lets it look into none, and takes from root what would.
  @Test
  void keepsCommandsFromLookingIntoOtherProcesses() throws Exception {
    String daemon = "/proc/" + ProcessHandle.current().pid();
    assertThat(Path.of(daemon, "environ")).isReadable();
    for (String shown : List.of("environ", "task/*/environ", "maps", "mem", "auxv", "fd/*")) {
      assertThat(run("od -N 99 " + daemon + "/" + shown))
          .as(shown)
          .contains("STATUS: FAILED", "STDOUT:\n\n");
    }
    assertThat(run("ls " + daemon + "/root/ " + daemon + "/cwd/"))
        .contains("STATUS: FAILED", "STDOUT:\n\n");
    // Of all environments, those of the command alone.
    assertThat(run("cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -v COMMA"))
        .doesNotContain("JAVA", "LOGNAME", "\nSHELL=");
  }

  @Test
  void leavesOfTheAdministratorsPowersThoseOverFilesOnly() throws Exception {
    List<Long> powers =
        run("grep -E 'Cap(Prm|Eff|Inh|Amb)' /proc/self/status")
            .lines()
            .filter(line -> line.matches("Cap...:\\s+[0-9a-f]{16}"))
            .map(line -> Long.parseLong(line.substring(line.length() - 16), 16))
            .toList();

    assertThat(powers).hasSize(4).allMatch(power -> (power & ~0x4fb) == 0);
  }

  /// Whatever confines a command is a program, too, and must not do what the command's variables
  /// say.
  @Test
  void keepsVariablesFromReachingWhatConfines() throws Exception {
    ObjectNode command = Json.object().put("command", "true");
    // The loader of every program that obeys this writes there.
    command
        .putObject("env")
        .put("LD_DEBUG", "files")
        .put("LD_DEBUG_OUTPUT", world.outside.resolve("new").toString());

    assertThat(world.call("run_command", command)).contains("exit code 0");

    try (var files = Files.list(world.outside)) {
      assertThat(files.toList()).containsExactly(victim);
    }
  }

  @Test
  void holdsWhatGoesOnInTheBackground() throws Exception {
    assertThat(
            run(
                "(setsid sh -c 'sleep 0.2; (echo x > "
                    + victim
                    + "); touch done') >/dev/null 2>&1 &"))
        .contains("exit code 0");

    await().until(() -> Files.exists(world.workspace.resolve("done")));

    assertThat(victim).hasContent("precious");
  }

  @Test
  void letsCommandsWriteWhereTheyMay() throws Exception {
    assertThat(
            run(
                """
                set -e
                mkdir a && echo x > a/f && mv a/f b && ln b c && ln -s b d && rm -r a
                echo x > ~/cached && echo y > /dev/null && echo > /dev/shm/comma-$$ && rm /dev/shm/comma-$$
                cat <(echo process) && echo z > /dev/stderr
                chmod +x b && mkfifo pipe
                """))
        .contains("STATUS: OK");
    assertThat(writable.resolve("cached")).hasContent("x");
  }

  @Test
  void letsBuildsWork() throws Exception {
    assertThat(
            run(
                "git init -q && git config user.email a@b.c && git config user.name a && touch f"
                    + " && git add . && git commit -qm one && git log --oneline | wc -l"))
        .contains("STATUS: OK")
        .contains("STDOUT:\n1\n");
  }

  @Test
  void tellsWhereCommandsMayWriteWhenAWriteWasRefused() throws Exception {
    assertThat(run("echo x > ../outside/victim"))
        .contains(
            "\nCommands are confined and may write in these folders only: "
                + world.workspace
                + ", "
                + writable
                + ". Write there, or say that the setting commandWrites lacks a folder.");
    assertThat(run("false")).doesNotContain("confined");
    assertThat(world.session.tool("run_command").spec().description())
        .endsWith(" It may write in the workspace and in temporary folders only.");
  }

  @Test
  void confinesTheCommandAndNothingOfThisProcess() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(run("echo x > ../outside/new")).contains("STATUS: FAILED");
      assertThat(confinedThreads()).isEmpty();
      Path mine = world.outside.resolve("mine");
      Thread.startVirtualThread(() -> write(mine)).join();
      assertThat(mine).hasContent("mine");
      assertThat(new ProcessBuilder("sh", "-c", "echo x >> " + mine).start().waitFor()).isZero();
      Files.delete(mine);
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "mine");
    } catch (IOException refused) {
      throw new java.io.UncheckedIOException(refused);
    }
  }

  // A thread under Landlock cannot gain privileges, and can never be without that again.
  private static Set<String> confinedThreads() throws IOException {
    Set<String> confined = new java.util.HashSet<>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        try {
          String status = Files.readString(thread.resolve("status"));
          if (status.contains("NoNewPrivs:\t1") && !status.contains("confined-")) {
            confined.add(status.lines().findFirst().orElse(""));
          }
        } catch (IOException ended) {
          confined.remove(thread.toString());
        }
      }
    }
    return confined;
  }
}
