package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program itself, told to confine with what does not work: it serves nobody.
@Timeout(120)
class ForcedSandboxTest {
  @TempDir Path folder;

  private Path programs;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = folder.toRealPath();
    programs = Files.createDirectory(folder.resolve("bin"));
    Files.createDirectory(folder.resolve("home"));
  }

  private record Ended(int code, String said) {}

  private Ended comma(String settings, String... arguments)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("home/daemon.json"), settings);
    Path said = folder.resolve("said");
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "com.commaagents.cli.Main");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(program.stream(), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("COMMA_HOME", folder.resolve("home").toString());
    builder.environment().put("COMMA_DAEMON_PORT", "0");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private void assertNothingServes() {
    assertThat(folder.resolve("home/daemon.pid")).doesNotExist();
    assertThat(folder.resolve("home/runs")).doesNotExist();
  }

  @Test
  void startsNoDaemonWithoutTheSandboxItIsToldToUse() throws Exception {
    String settings = "{\"commandSandbox\": \"bubblewrap\"}";
    String missing =
        "commandSandbox is bubblewrap, and bwrap is not on the PATH (its package is bubblewrap)."
            + " Mend that, or set commandSandbox in daemon.json to auto.";
    Ended foreground = comma(settings, "daemon", "start", "--foreground");
    assertThat(foreground.code()).isEqualTo(ExitCode.USAGE);
    assertThat(foreground.said()).contains(missing).doesNotContain("Exception");
    assertNothingServes();

    Ended background = comma(settings, "daemon", "start");
    assertThat(background.code()).isEqualTo(ExitCode.DAEMON);
    assertThat(background.said()).contains("The daemon did not start.", missing);
    assertNothingServes();
    assertThat(comma(settings, "daemon", "status").said()).contains("No daemon runs");
  }

  @Test
  void startsNoneWhereTheSandboxIsThereAndRefused() throws Exception {
    Path broken =
        Files.writeString(
            programs.resolve("bwrap"),
            "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    Ended ended = comma("{\"mcpSandbox\": \"bubblewrap\"}", "daemon", "start", "--foreground");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.said())
        .contains("mcpSandbox is bubblewrap, and bubblewrap does not work here: bwrap: No perm");
    assertNothingServes();
  }
}
