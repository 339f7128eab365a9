package com.commaagents.tools.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.Kind;
import com.commaagents.tools.confinement.WritablePlaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that stay, with every kind of confinement and with none.
@Timeout(60)
@ParameterizedClass
@MethodSource("com.commaagents.tools.confinement.Kind#ofThisSystem")
class ResidentProgramTest {
  private static final String WRITER =
      """
      while read -r place; do
        (echo "$NOTE" > "$place") 2>/dev/null && echo written || echo refused
      done
      """;

  @Parameter private Kind kind = Kind.NONE;
  private Path folder = Path.of("");
  private Path workspace = Path.of("");
  private Path home = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void makeFolders(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    workspace = Files.createDirectory(folder.resolve("work"));
    home = Files.createDirectory(folder.resolve("server"));
    cache = Files.createDirectory(folder.resolve("cache"));
  }

  private ResidentProgram start(Path directory, String... command)
      throws IOException, InterruptedException {
    return start(directory, Map.of("NOTE", "a note"), command);
  }

  private ResidentProgram start(Path directory, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    return ResidentProgram.start(
        new ResidentProgram.Request(List.of(command), directory, workspace, variables),
        new CommandEnvironment(Map.of("PATH", "/usr/bin:/bin"), Set.of(), IdGenerator.random()),
        kind.with(new WritablePlaces(List.of(cache), Optional.empty())),
        Clock.system(),
        IdGenerator.random());
  }

  @Test
  void writesInTheWorkspaceItsFolderAndTheCachesAndElsewhereOnlyUnconfined() throws Exception {
    ResidentProgram program = start(home, "sh", "-c", WRITER);
    try (var answers =
            new BufferedReader(new InputStreamReader(program.output(), StandardCharsets.UTF_8));
        var _ = program.errors();
        var places = program.input()) {
      for (Path place : List.of(workspace, home, cache, folder)) {
        places.write((place.resolve("note") + "\n").getBytes(StandardCharsets.UTF_8));
        places.flush();
        String expected = place.equals(folder) && kind != Kind.NONE ? "refused" : "written";
        assertThat(answers.readLine()).as("in %s", place).isEqualTo(expected);
      }
    } finally {
      program.end();
    }
    assertThat(workspace.resolve("note")).hasContent("a note");
    assertThat(Files.exists(folder.resolve("note"))).isEqualTo(kind == Kind.NONE);
  }

  @Test
  void getsItsVariablesWithoutShowingThemToTheMachine() throws Exception {
    ResidentProgram program =
        start(
            workspace,
            Map.of("NOTE", "kept-to-itself", "LD_LIBRARY_PATH", folder.toString()),
            "sh",
            "-c",
            "echo \"$NOTE $LD_LIBRARY_PATH\"; read -r _");
    try (var answers =
            new BufferedReader(new InputStreamReader(program.output(), StandardCharsets.UTF_8));
        var _ = program.errors();
        var _ = program.input()) {
      assertThat(answers.readLine()).isEqualTo("kept-to-itself " + folder);
      try (var all = ProcessHandle.allProcesses()) {
        assertThat(all.flatMap(process -> process.info().arguments().stream().flatMap(Stream::of)))
            .noneMatch(argument -> argument.contains("kept-to-itself"));
      }
    } finally {
      program.end();
    }
  }

  @Test
  void endsWithAllThatCameFromIt() throws Exception {
    ResidentProgram program =
        start(workspace, "sh", "-c", "setsid sleep 421 & sleep 422 & echo $!; read -r _");
    try (var answers =
            new BufferedReader(new InputStreamReader(program.output(), StandardCharsets.UTF_8));
        var _ = program.errors();
        var _ = program.input()) {
      assertThat(answers.readLine()).isNotBlank();
      program.end();
      program.end();
      await().until(() -> inWorkspace() == 0);
    }
  }

  @Test
  void saysWhichFolderIsMissing() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> start(missing, "true"))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no folder " + missing);
  }

  private long inWorkspace() throws IOException {
    long found = 0;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        found += isThere(process) ? 1 : 0;
      }
    }
    return found;
  }

  private boolean isThere(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(workspace);
    } catch (IOException ended) {
      return false;
    }
  }
}
