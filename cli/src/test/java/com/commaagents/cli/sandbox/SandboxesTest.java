package com.commaagents.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.tools.confinement.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  @TempDir Path home;

  private Place place(String settings, String path) throws IOException {
    Path data = Files.createDirectories(home.resolve(".comma"));
    Files.writeString(data.resolve("daemon.json"), settings);
    Map<String, String> variables =
        Map.of("PATH", path, "TMPDIR", home.resolve("tmp").toString(), "XDG_CACHE_HOME", "xdg");
    return new Place(variables, home, home);
  }

  private Sandbox sandbox(String settings, String path) throws IOException, InterruptedException {
    Place place = place(settings, path);
    return new Sandboxes(place, Clock.system()).ofCommands(DaemonSettings.load(place, Flags.NONE));
  }

  private Sandbox servers(String settings) throws IOException, InterruptedException {
    Place place = place(settings, "/usr/bin:/bin");
    return new Sandboxes(place, Clock.system()).ofServers(DaemonSettings.load(place, Flags.NONE));
  }

  private Confinement confinement(String settings, String path)
      throws IOException, InterruptedException {
    return sandbox(settings, path).confinement();
  }

  // As bubblewrap is where namespaces are forbidden.
  private String brokenBubblewrap() throws IOException {
    Path programs = Files.createDirectories(home.resolve("bin"));
    Path program = programs.resolve("bwrap");
    Files.writeString(program, "#!/bin/sh\necho 'bwrap: No permissions' >&2\nexit 1\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return programs.toString();
  }

  private String program(String settings, String path) throws IOException, InterruptedException {
    return confinement(settings, path).name().orElse("none").replaceFirst(" .*", "");
  }

  @Test
  void takesBubblewrapElseLandlockElseNothing() throws Exception {
    assertThat(program("{}", "/usr/bin:/bin")).isEqualTo(LINUX ? "bubblewrap" : "none");
    assertThat(program("{}", "/none")).isEqualTo(LINUX ? "Landlock" : "none");
    assertThat(program("{}", brokenBubblewrap())).isEqualTo(LINUX ? "Landlock" : "none");
    assertThat(program("{\"commandSandbox\": \"off\"}", "/usr/bin:/bin")).isEqualTo("none");
  }

  @Test
  void confinesMcpServersOnlyWhenToldAndLetsThemWriteInTheirCaches() throws Exception {
    assertThat(servers("{}").words()).isEqualTo("not confined: mcpSandbox is off");
    Sandbox sandbox = servers("{\"mcpSandbox\": \"auto\", \"mcpWrites\": [\"~/notes\"]}");
    assertThat(sandbox.confines()).isEqualTo(LINUX);
    if (LINUX) {
      assertThat(sandbox.confinement().places().folders())
          .contains(Path.of("/tmp"), home.resolve("notes"), home.resolve(".npm"))
          .contains(home.resolve(".cache"), home.resolve("xdg"))
          .doesNotContain(home);
      assertThat(sandbox.confinement().places().hidden()).contains(home.resolve(".comma"));
    }
  }

  @Test
  void saysWhatItIsAndWhyItIsNothingBetter() throws Exception {
    String off = sandbox("{\"commandSandbox\": \"off\"}", "/usr/bin:/bin").words();
    assertThat(off).isEqualTo("not confined: commandSandbox is off");
    String missing = "bwrap is not on the PATH (its package is bubblewrap)";
    if (LINUX) {
      assertThat(sandbox("{}", "/usr/bin:/bin").words()).matches("confined by bubblewrap [0-9.]+");
      assertThat(sandbox("{}", "/none").words())
          .matches("confined by Landlock \\d+; " + Pattern.quote(missing));
    } else {
      assertThat(sandbox("{}", "/none").words())
          .isEqualTo("not confined: " + missing + "; Landlock is a part of Linux");
    }
  }

  @Test
  void refusesToStartWithoutWhatItWasToldToUse() throws Exception {
    String forced = "{\"commandSandbox\": \"bubblewrap\"}";
    String remedy = " Mend that, or set commandSandbox in daemon.json to auto.";
    assertThatThrownBy(() -> confinement(forced, "/none"))
        .isInstanceOf(Fault.class)
        .hasMessage(
            "commandSandbox is bubblewrap, and bwrap is not on the PATH (its package is"
                + " bubblewrap)."
                + remedy);
    String broken = brokenBubblewrap();
    assertThatThrownBy(() -> confinement(forced, broken))
        .isInstanceOf(Fault.class)
        .hasMessage(
            "commandSandbox is bubblewrap, and bubblewrap does not work here: bwrap: No permissions."
                + remedy);
  }

  @Test
  void letsCommandsWriteInTemporaryFoldersAndWhereTheSettingsSay() throws Exception {
    if (!LINUX) {
      assertThat(confinement("{}", "/usr/bin:/bin").places().folders()).isEmpty();
      return;
    }
    assertThat(confinement("{\"commandWrites\": [\"~/.m2\"]}", "/usr/bin:/bin").places().folders())
        .contains(Path.of("/tmp"), Path.of("/var/tmp"), home.resolve("tmp"), home.resolve(".m2"))
        .contains(Path.of(System.getProperty("java.io.tmpdir")));
    assertThat(confinement("{}", "/usr/bin:/bin").places().hidden())
        .contains(home.resolve(".comma"));
  }
}
