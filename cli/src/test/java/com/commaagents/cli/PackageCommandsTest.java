package com.commaagents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma packages …` beside a daemon of this process, with a registry in a folder.
@Timeout(60)
class PackageCommandsTest {
  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();
  private final ObjectNode packages = Json.object();
  private FakeTerminal terminal = new FakeTerminal(false, 120);
  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    folder = folder.toRealPath();
    variables.put("COMMA_HOME", folder.resolve(".comma").toString());
    Files.createDirectories(folder.resolve(".comma"));
    Files.createDirectories(folder.resolve("registry"));
    Files.writeString(
        folder.resolve(".comma/daemon.json"), "{\"packageRegistry\": \"../registry\"}");
    publish("@team/notes", "1.0.0", "{}", "todo_get");
    publish("@team/tidy", "2.0.0", "{\"shell\":true}", "run_command");
    DaemonSettings settings =
        DaemonSettings.load(place(), new Flags(OptionalInt.of(0), Optional.empty(), false));
    daemon = RunningDaemon.start(settings, new Wiring(place()), FakeMain.BUILD, Clock.system());
  }

  private void publish(String name, String version, String permissions, String tool)
      throws IOException, NoSuchAlgorithmException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("comma-project.json"));
      zip.write(
          """
          {"name":"%s","version":"%s","permissions":%s,"strategies":{"main":{"path":"main.yaml"}}}
          """
              .formatted(name, version, permissions)
              .getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("main.yaml"));
      zip.write(
          """
          name: main
          version: '1'
          agents: {a: {model: scripted/default, tools: [%s]}}
          flow: {type: sequential, name: f, steps: [{agent: a}]}
          """
              .formatted(tool)
              .getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("main.script.yaml"));
      zip.write("a: \"Done.\"\n".getBytes(UTF_8));
    }
    String file = name.substring(name.indexOf('/') + 1) + "-" + version + ".zip";
    Files.write(folder.resolve("registry").resolve(file), bytes.toByteArray());
    ObjectNode offer = packages.withObjectProperty(name).put("latest", version);
    ObjectNode release =
        offer
            .withObjectProperty("versions")
            .putObject(version)
            .put("archive", file)
            .put(
                "sha256",
                HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray())))
            .put("size", bytes.size())
            .put("description", "Looks after " + tool);
    release.set("permissions", Json.parse(permissions).orElseThrow());
    ObjectNode index = Json.object();
    index.set("packages", packages);
    Files.write(folder.resolve("registry/index.json"), Json.writeBytes(index));
  }

  @AfterEach
  void stopDaemon() {
    daemon.close();
  }

  @Test
  void installsAPackageWhoseStrategyThenRunsByName() throws Exception {
    assertThat(comma("packages", "install", "@team/notes")).isZero();
    assertThat(terminal.errors()).containsExactly("@team/notes 1.0.0 is installed.");
    assertThat(comma("run", "@team/notes/main", "--input", "x", "--quiet")).isZero();
    assertThat(terminal.shown()).contains("Done.");
    assertThat(comma("packages", "list")).isZero();
    assertThat(terminal.shown().lines().map(line -> line.split("  +")))
        .contains(
            new String[] {"PACKAGE", "INSTALLED", "NEWEST", "CODE", "WHAT"},
            new String[] {"@team/notes", "1.0.0", "1.0.0", "-", "Looks after todo_get"},
            new String[] {"@team/tidy", "-", "2.0.0", "-", "Looks after run_command"});
  }

  @Test
  void runsCodeOnlyOnceThatIsAllowed() throws Exception {
    assertThat(comma("packages", "install", "@team/tidy")).isEqualTo(ExitCode.DAEMON);
    assertThat(terminal.errors().getLast())
        .startsWith("@team/tidy 2.0.0 runs code, which nobody has approved.")
        .contains("main.yaml: agent \"a\": tool \"run_command\"")
        .contains("comma packages install @team/tidy --allow-code");
    assertThat(comma("packages", "install", "@team/tidy", "--allow-code")).isZero();
    assertThat(terminal.errors().getLast())
        .isEqualTo("@team/tidy 2.0.0 is installed, and may run its code.");
    assertThat(comma("run", "@team/tidy/main", "--input", "x", "--quiet")).isZero();
    Files.delete(folder.resolve(".comma/package-approvals.json"));
    assertThat(
            comma(
                "run",
                folder.resolve(".comma/packages/@team/tidy/main.yaml").toString(),
                "--input",
                "x"))
        .isNotZero();
    assertThat(terminal.shown() + terminal.errors()).contains("The package may not run code");
  }

  @Test
  void updatesAndRemoves() throws Exception {
    assertThat(comma("packages", "update", "@team/notes")).isEqualTo(ExitCode.DAEMON);
    assertThat(comma("packages", "install", "@team/notes")).isZero();
    publish("@team/notes", "1.1.0", "{}", "todo_get");
    assertThat(comma("packages", "update", "@team/notes")).isZero();
    assertThat(terminal.errors().getLast()).isEqualTo("@team/notes 1.1.0 is up to date.");
    JsonNode list = json("packages", "list", "--json");
    assertThat(list.at("/installed/0/version").asString()).isEqualTo("1.1.0");
    assertThat(list.at("/installed/0/commit")).isEqualTo(list.at("/available/0/commit"));
    assertThat(list.at("/installed/0/path").asString())
        .isEqualTo(folder.resolve(".comma/packages/@team/notes").toString());
    assertThat(comma("packages", "remove", "@team/notes")).isZero();
    assertThat(terminal.errors().getLast()).isEqualTo("@team/notes is removed.");
    assertThat(folder.resolve(".comma/packages")).isEmptyDirectory();
    assertThat(comma("packages", "remove", "@team/notes")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void pinsAVersionAndTellsWhatAnotherChanges() throws Exception {
    publish("@team/notes", "1.1.0", "{\"network\":true}", "todo_get");
    assertThat(comma("packages", "install", "@team/notes@1.0.0")).isZero();
    assertThat(terminal.errors().getLast()).isEqualTo("@team/notes 1.0.0 is installed and pinned.");
    assertThat(comma("packages", "list")).isZero();
    assertThat(terminal.shown()).contains("@team/notes  1.0.0 (pinned)  1.1.0");
    assertThat(comma("packages", "update", "@team/notes")).isEqualTo(ExitCode.DAEMON);
    assertThat(terminal.errors().getLast()).contains("@team/notes is pinned at 1.0.0.");
    assertThat(comma("packages", "update", "@team/notes@latest")).isZero();
    assertThat(terminal.errors())
        .endsWith("@team/notes 1.1.0 is up to date.", "It now has the permissions network: true.");
    assertThat(comma("packages", "install", "@team/notes@9")).isEqualTo(ExitCode.DAEMON);
    assertThat(terminal.errors().getLast()).contains("no version \"9\" of @team/notes");
  }

  @Test
  void listsWithoutARegistryAndSaysWhy() throws Exception {
    Files.delete(folder.resolve("registry/index.json"));
    assertThat(comma("packages", "list")).isZero();
    assertThat(terminal.errors())
        .containsExactly(
            "No package is installed, and none can be had.",
            "The package registry: there is no " + folder.resolve("registry/index.json") + ".");
  }

  @Test
  void asksForAName() throws Exception {
    for (String command : List.of("install", "update", "remove")) {
      assertThat(comma("packages", command)).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.errors().getLast())
          .isEqualTo("Which package? comma packages " + command + " @SCOPE/NAME");
    }
  }

  private JsonNode json(String... typed) throws InterruptedException {
    FakeTerminal own = new FakeTerminal();
    assertThat(program(own).run(typed)).isZero();
    return Json.parse(own.shown()).orElseThrow();
  }

  private int comma(String... typed) throws InterruptedException {
    return program(terminal).run(typed);
  }

  private CommandLineProgram program(FakeTerminal shown) {
    return TypedCommands.of("comma", place(), shown);
  }

  private Place place() {
    return new Place(Map.copyOf(variables), folder, folder);
  }
}
