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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What bubblewrap does beyond confining writes.
@Timeout(120)
class BubblewrapTest {
  // As nobody else on this machine sleeps, were it another build.
  private static final String LONG = "399." + ProcessHandle.current().pid();
  private static final String LONGER = "400." + ProcessHandle.current().pid();

  @TempDir Path folder;

  static List<Kind> kinds() {
    return Kind.confining().stream().filter(kind -> kind == Kind.BUBBLEWRAP).toList();
  }

  private World world(Kind kind, Path data) throws InterruptedException {
    WritablePlaces places = new WritablePlaces(List.of(), Optional.of(data));
    return new World(folder, Verdict.ALLOW, Map.of(), kind.with(places));
  }

  private static String run(World world, String command) throws InterruptedException {
    return world.call("run_command", Json.object().put("command", command));
  }

  private Path data() throws IOException {
    Path data = Files.createDirectories(folder.toRealPath().resolve("data"));
    Files.writeString(data.resolve("credentials.json"), "secret");
    Files.writeString(Files.createDirectories(data.resolve("skills")).resolve("SKILL.md"), "skill");
    return data;
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void hidesTheDataFolderButForSkills(Kind kind) throws Exception {
    Path data = data();
    try (World world = world(kind, data)) {
      assertThat(run(world, "cat " + data + "/credentials.json"))
          .contains("STATUS: FAILED")
          .doesNotContain("secret");
      assertThat(run(world, "cat /proc/*/root" + data + "/credentials.json"))
          .doesNotContain("secret");
      assertThat(run(world, "umount " + data)).contains("STATUS: FAILED");
      assertThat(run(world, "cat " + data + "/skills/SKILL.md")).contains("STDOUT:\nskill");
      assertThat(run(world, "touch " + data + "/skills/mine")).contains("STATUS: FAILED");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void leavesTheDaemonAndOtherProcessesOutOfReach(Kind kind) throws Exception {
    try (World world = world(kind, data())) {
      assertThat(run(world, "kill -0 " + ProcessHandle.current().pid())).contains("STATUS: FAILED");
      assertThat(run(world, "cat /proc/" + ProcessHandle.current().pid() + "/environ"))
          .contains("STATUS: FAILED");
      world.write("end.sh", "kill -9 -1; sleep 60");
      assertThat(run(world, "sh end.sh")).contains("STATUS: FAILED");
      assertThat(run(world, "echo again")).contains("STDOUT:\nagain");
      assertThat(run(world, "test -e /dev/sda -o -e /dev/vda -o -e /dev/mem"))
          .contains("STATUS: FAILED");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void startsACommandAgainThatWasToJoinWhatAnotherOneHasJustEnded(Kind kind) throws Exception {
    try (World world = world(kind, data())) {
      world.write("end.sh", "kill -9 -1; sleep 60");
      for (int round = 0; round < 20; round++) {
        assertThat(run(world, "sh end.sh")).contains("STATUS: FAILED");
        assertThat(run(world, "echo " + round)).contains("STDOUT:\n" + round);
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void endsWithTheRunWhoeverHidFromIt(Kind kind) throws Exception {
    World world = world(kind, data());
    // Neither in the session, nor with the mark, nor a child of anybody.
    run(
        world,
        "(setsid env -i sh -c 'trap \"\" TERM; sleep %s; :' >/dev/null 2>&1 &)".formatted(LONG));
    await().until(() -> sleepers(LONG) == 1);

    world.close();

    await().until(() -> sleepers(LONG) == 0);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void endsWithTheDaemonHoweverItDies(Kind kind) throws Exception {
    assertThat(kind).isEqualTo(Kind.BUBBLEWRAP);
    Path workspace = Files.createDirectory(folder.toRealPath().resolve("work"));
    Process daemon =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingDaemon.class.getName(),
                workspace.toString(),
                "(trap '' TERM HUP; sleep %s) >/dev/null 2>&1 & touch begun".formatted(LONGER))
            .inheritIO()
            .start();

    assertThat(daemon.waitFor()).isEqualTo(9);

    assertThat(workspace.resolve("begun")).exists();
    await().until(() -> sleepers(LONGER) == 0);
  }

  private static long sleepers(String seconds) throws IOException {
    long found = 0;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          if (Files.readString(process.resolve("cmdline"))
              .replace((char) 0, ' ')
              .equals("sleep " + seconds + " ")) {
            found++;
          }
        } catch (IOException ended) {
          found += 0;
        }
      }
    }
    return found;
  }
}
