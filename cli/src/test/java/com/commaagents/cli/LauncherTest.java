package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `comma` with JDKs and a Maven that only write down how they were called.
class LauncherTest {
  private static final String COMMIT = "1111111111111111111111111111111111111111";
  private static final String NEXT_COMMIT = "2222222222222222222222222222222222222222";

  private record Ended(int code, String output, String errors) {}

  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();
  private Path root;
  private Path tools;

  @BeforeEach
  void checkOut() throws IOException {
    root = Files.createDirectories(folder.resolve("a checkout"));
    tools = Files.createDirectories(folder.resolve("bin"));
    Files.copy(launcher(), root.resolve("comma"));
    executable(root.resolve("comma"));
    Files.createDirectories(root.resolve(".git/refs/heads"));
    Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    commit(COMMIT);
    script(
        tools.resolve("mvn"),
        """
        echo "mvn $JAVA_HOME $*" >>"%1$s/calls"
        echo '[INFO] Building comma-base 0.1.0                 [2/10]'
        [ -e "%1$s/broken" ] && echo '[ERROR] It does not compile.' && exit 1
        [ -e "%1$s/slow" ] && sleep 1
        mkdir -p cli/target/comma/lib
        echo jar >cli/target/comma/lib/base.jar
        echo jar >cli/target/comma-cli-0.1.0.jar
        """
            .formatted(folder));
    variables.put("HOME", folder.resolve("home").toString());
    variables.put("COMMA_SYSTEM_ROOT", folder.toString());
    // The machine's own java must not be found: only what the script needs is on the path.
    for (String tool :
        List.of("sh", "mkdir", "rm", "mv", "cp", "date", "tail", "grep", "sleep", "readlink")) {
      script(tools.resolve(tool), "exec " + machineTool(tool) + " \"$@\"\n");
    }
    variables.put("PATH", tools.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "dash"})
  void buildsOnceSaysSoAndBecomesTheProgram(String shell) throws Exception {
    Path jdk = jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3");
    String interpreter = machineTool(shell).toString();
    Ended first = run(interpreter, root.resolve("comma").toString(), "run", "a b", "");
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.output())
        .contains("[-jar]")
        .contains("/lib/comma.jar]\n[run]\n[a b]\n[]\n")
        .contains("[-Dcomma.commit=" + COMMIT + "]")
        .contains("[-Dcomma.launcher=" + root + "/comma]");
    assertThat(first.errors())
        .contains("Building Comma with " + jdk, "  comma-base [2/10]", "Built.");

    Ended second = run(interpreter, root.resolve("comma").toString(), "--version");
    assertThat(second.errors()).isEmpty();
    assertThat(second.output()).contains("comma.aot]").endsWith("[--version]\n");
    assertThat(calls()).hasSize(2).first().asString().startsWith("mvn " + jdk + " -B");
    assertThat(calls().getLast()).contains("AOTCacheOutput").endsWith(" train");
  }

  @Test
  void leavesOutItsCollectorWhereAnotherIsAskedFor() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    run();
    assertThat(run().output()).contains("[-XX:+UseSerialGC]").contains("[-Xlog:all=error:stderr]");

    variables.put("COMMA_JAVA_OPTS", "-Xmx2g -XX:+UseG1GC");
    assertThat(run().output())
        .doesNotContain("[-XX:+UseSerialGC]")
        .contains("[-Xmx2g]\n[-XX:+UseG1GC]")
        .as("a cache that does not fit is no error")
        .contains("[-Xlog:all=error,aot*=off:stderr]");
  }

  @Test
  void buildsAgainForAnotherCommit() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    run();
    commit(NEXT_COMMIT);
    assertThat(run().errors()).contains("Built.");
    assertThat(run().errors()).isEmpty();
    Files.delete(root.resolve(".git/refs/heads/main"));
    Files.writeString(
        root.resolve(".git/packed-refs"),
        "# pack-refs with: peeled\n"
            + COMMIT
            + " refs/heads/other\n"
            + NEXT_COMMIT
            + " refs/heads/main\n");
    assertThat(run().errors()).isEmpty();
    Files.writeString(root.resolve(".git/HEAD"), COMMIT + "\n");
    assertThat(run().errors()).contains("Built.");
  }

  @Test
  void readsTheCommitOfAWorktree() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Path git = folder.resolve("git/worktrees/one");
    Files.createDirectories(git);
    Files.move(root.resolve(".git/HEAD"), git.resolve("HEAD"));
    Files.writeString(git.resolve("commondir"), "../..\n");
    Files.move(root.resolve(".git/refs"), folder.resolve("git/refs"));
    Files.delete(root.resolve(".git"));
    Files.writeString(root.resolve(".git"), "gitdir: " + git + "\n");
    assertThat(run().output()).contains("[-Dcomma.commit=" + COMMIT + "]");
  }

  @Test
  void buildsOnlyOnceWhereThereIsNoGit() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Files.delete(root.resolve(".git/HEAD"));
    assertThat(run().errors()).contains("Built.");
    assertThat(run().errors()).isEmpty();
    assertThat(run("/bin/sh", root.resolve("comma").toString(), "--build").errors())
        .contains("Built.");
  }

  @Test
  void worksThroughASymbolicLinkFromAnywhere() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Path link = tools.resolve("comma");
    Files.createSymbolicLink(tools.resolve("hop"), root.resolve("comma"));
    Files.createSymbolicLink(link, Path.of("hop"));
    assertThat(run("/bin/sh", "-c", "comma --version").output()).endsWith("[--version]\n");
  }

  @Test
  void prefersTheJdkThatIsNamed() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Path ofJavaHome = jdk("java home", "25.0.1");
    Path own = jdk("own", "25-ea");
    variables.put("JAVA_HOME", ofJavaHome.toString());
    assertThat(run().output()).startsWith(ofJavaHome + "\n");
    variables.put("COMMA_JAVA_HOME", own.toString());
    assertThat(run().output()).startsWith(own + "\n");
  }

  @Test
  void passesOverAJdkOfAnotherVersion() throws Exception {
    Path right = jdk("usr/lib/jvm/b", "25.0.3");
    jdk("usr/lib/jvm/a", "17.0.15");
    variables.put("JAVA_HOME", jdk("old", "21").toString());
    Path onPath = jdk("onpath", "250.1");
    Files.createSymbolicLink(tools.resolve("java"), onPath.resolve("bin/java"));
    assertThat(run().output()).startsWith(right + "\n");
  }

  @Test
  void printsTheJdkWithoutBuildingAnything() throws Exception {
    Path jdk = jdk("usr/lib/jvm/25", "25");
    assertThat(run("/bin/sh", root.resolve("comma").toString(), "--jdk"))
        .isEqualTo(new Ended(0, jdk + "\n", ""));
  }

  @Test
  void findsTheJdkOfThePathThroughLinks() throws Exception {
    Path onPath = jdk("onpath", "25.0.2");
    Files.createSymbolicLink(tools.resolve("java"), onPath.resolve("bin/java"));
    assertThat(run().output()).startsWith(onPath + "\n");
  }

  @Test
  void saysWhatToDoWithoutAJdk() throws Exception {
    jdk("usr/lib/jvm/a", "17.0.15");
    Ended ended = run();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.errors())
        .contains("no JDK 25 found", "https://adoptium.net", "COMMA_JAVA_HOME");
    variables.put("COMMA_JAVA_HOME", folder.resolve("usr/lib/jvm/a").toString());
    assertThat(run().errors()).contains("that is no JDK 25");
  }

  @Test
  void showsTheEndOfTheLogWhenTheBuildFailsAndTriesAgainNextTime() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Files.createFile(folder.resolve("broken"));
    Ended ended = run();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.errors())
        .contains("The build failed; all of it is in " + root + "/target/build.log.")
        .contains("[ERROR] It does not compile.");
    Files.delete(folder.resolve("broken"));
    assertThat(run().code()).isEqualTo(7);
  }

  @Test
  void runsWithoutAStartUpCacheWhenTrainingFails() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Files.createFile(folder.resolve("untrainable"));
    Ended ended = run();
    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.output()).doesNotContain("AOTCache=");
    assertThat(Files.readString(root.resolve("target/build.log")))
        .contains("the training run failed");
  }

  @Test
  void buildsOnceWhenTwoStartAtTheSameTime() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Files.createFile(folder.resolve("slow"));
    Process one = start("/bin/sh", root.resolve("comma").toString());
    Process two = start("/bin/sh", root.resolve("comma").toString());
    assertThat(end(one).code()).isEqualTo(7);
    assertThat(end(two).code()).isEqualTo(7);
    assertThat(calls().stream().filter(call -> call.startsWith("mvn "))).hasSize(1);
  }

  @Test
  void takesOverFromABuilderThatDied() throws Exception {
    jdk("usr/lib/jvm/25", "25");
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve("target/comma/building"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
    assertThat(run().code()).isEqualTo(7);
    assertThat(lock).doesNotExist();
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        jdk.resolve("bin/java"),
        """
        case "$*" in *' train')
          echo "java $*" >>"%1$s/calls"
          [ -e "%1$s/untrainable" ] && exit 1
          for word; do case $word in -XX:AOTCacheOutput=*) echo >"${word#*=}" ;; esac; done
          exit 0 ;;
        esac
        echo '%2$s'
        for word; do echo "[$word]"; done
        exit 7
        """
            .formatted(folder, jdk));
    script(jdk.resolve("bin/javac"), "exit 0\n");
    return jdk;
  }

  private void commit(String commit) throws IOException {
    Files.writeString(root.resolve(".git/refs/heads/main"), commit + "\n");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Ended run() throws Exception {
    return run("/bin/sh", root.resolve("comma").toString());
  }

  private Ended run(String... command) throws Exception {
    return end(start(command));
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output, errors);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path machineTool(String name) {
    Path ofUser = Path.of("/usr/bin", name);
    return Files.isExecutable(ofUser) ? ofUser : Path.of("/bin", name);
  }

  private static Path launcher() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(here.resolve("comma")) && here.getParent() != null) {
      here = here.getParent();
    }
    return here.resolve("comma");
  }
}
