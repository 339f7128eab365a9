package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Searches find the same with ripgrep and without, whatever there is to be searched, and whatever
/// calls itself ripgrep.
@Timeout(120)
class SearchWithRipgrepTest {
  private static final String REAL =
      "for p in /usr/local/bin /usr/bin; do test -x $p/rg && exec $p/rg \"$@\"; done";

  @TempDir Path folder;
  private Path programs;
  private Path calls;
  private World without;

  @BeforeEach
  void open() throws IOException {
    without = world("/nowhere");
    programs = Files.createDirectory(folder.resolve("programs"));
    calls = folder.resolve("calls");
    for (int i = 0; i < 20; i++) {
      for (int k = 0; k < 80; k++) {
        String text = "some line\n" + "1".repeat((i + k) % 40 == 0 ? 7 : 5) + " and more\n";
        without.write("d%02d/in/f%02d.txt".formatted(i, k), text);
      }
    }
  }

  private World world(String path) {
    return new World(
        folder,
        Verdict.ALLOW,
        Map.of("PATH", path, "RIPGREP_CONFIG_PATH", folder.resolve("config").toString()));
  }

  private World withRipgrep(String script) throws IOException {
    Path program = programs.resolve("rg");
    plant(program, script);
    return world(programs.toString());
  }

  private void plant(Path program, String script) throws IOException {
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$@" >>'%s'
        case "$*" in *--version*) echo 'ripgrep 14.1.0'; exit 0;; esac
        %s
        """
            .formatted(calls, script));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long filterings() throws IOException {
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().filter(line -> line.contains("--regexp")).count()
        : 0;
  }

  private static ObjectNode search(String expression) {
    return Json.object().put("query", expression).put("mode", "regex").put("maxResults", 1000);
  }

  private void findsTheSame(World with, ObjectNode arguments) throws InterruptedException {
    assertThat(with.call("search_files", arguments))
        .isEqualTo(without.call("search_files", arguments))
        .startsWith("Found ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9]{7,}",
        "\\d{7}",
        "^[0-9]{7}",
        "[^a-z ]{7}",
        "\\w{7,}$",
        "(?i)[1É]{7}",
        "\\p{L}{9,}",
        "1{3}(?=1{4})",
        ".{20,}"
      })
  void findsTheSameInWhatIsHardToSearch(String expression) throws Exception {
    plantTrouble();
    World with = withRipgrep(REAL);

    findsTheSame(with, search(expression));
    findsTheSame(with, search(expression).put("contextLines", 1).put("root", "e"));
    findsTheSame(with, search(expression).put("maxResults", 3));
    ObjectNode filtered = search(expression);
    filtered.putArray("includeGlobs").add("*.txt");
    filtered.putArray("excludeGlobs").add("d1*");
    findsTheSame(with, filtered);
    assertThat(filterings()).isPositive();
  }

  private void plantTrouble() throws IOException {
    String line = "1234567\n";
    without.write("config", "--invert-match\n");
    Files.writeString(folder.resolve("config"), "--invert-match\n");
    for (String rules :
        List.of(".gitignore", ".ignore", ".rgignore", "d05/.gitignore", "e/.ignore")) {
      without.write(rules, "*\n");
    }
    for (String name :
        List.of(
            ".hidden/h",
            "node_modules/n",
            "d07/.git/config",
            "target/t",
            ".env",
            "e/-x",
            "e/--help",
            "e/a\nb",
            "e/a: Permission denied (os error 13)",
            "e/é",
            "e/ü/in",
            "e/a b",
            "e/*",
            "e/[a]")) {
      without.write(name, line);
    }
    Path e = without.workspace.resolve("e");
    write(e.resolve("binary"), "1234567\n\0\n");
    write(e.resolve("zero-late"), "x".repeat(9000) + "\n\0\n1234567\n");
    Files.write(e.resolve("utf16"), "\uFEFF1234567\n".getBytes(StandardCharsets.UTF_16LE));
    Files.write(
        e.resolve("utf16-without-zeros"),
        "\uFEFF\u3131\u3131\u3131\n".getBytes(StandardCharsets.UTF_16BE));
    write(e.resolve("mark"), "\u00EF\u00BB\u00BF1234567\n");
    write(e.resolve("returns"), "a\r1234567\rb\r\n1234567\r\n");
    write(e.resolve("no-utf8"), "\u00FF\u00FE1234567\u00C3\nabc\u00E4\u00F6\u00FCdefghi\n");
    write(e.resolve("long-line"), " ".repeat(Needle.MAX_LINE - 3) + "1234567\n");
    write(e.resolve("large"), line.repeat(FoundLines.MAX_FILE_BYTES / 8) + "1");
    write(e.resolve("largest"), " ".repeat(FoundLines.MAX_FILE_BYTES - 8) + line);
    write(e.resolve("empty"), "");
    Files.write(Path.of(URI.create(e.toUri() + "%FF%FE")), line.getBytes(StandardCharsets.UTF_8));
    write(without.outside.resolve("secret"), line);
    Files.createSymbolicLink(e.resolve("link"), without.outside.resolve("secret"));
    Files.createSymbolicLink(e.resolve("links"), without.outside);
    Files.createSymbolicLink(e.resolve("self"), Path.of("."));
    mkfifo(e.resolve("pipe"));
    Files.setPosixFilePermissions(
        without.write("e/unreadable", line), PosixFilePermissions.fromString("-w-------"));
    Files.setPosixFilePermissions(
        without.write("e/closed/in", line).getParent(),
        PosixFilePermissions.fromString("-wx------"));
  }

  private static void write(Path file, String bytes) throws IOException {
    Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void mkfifo(Path pipe) throws IOException {
    await()
        .until(new ProcessBuilder("mkfifo", pipe.toString()).start()::waitFor, code -> code == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 127",
        "exit 3",
        "exit 2",
        "echo './d10/in: Permission denied (os error 13)' >&2; exit 2",
        "echo 'out of memory' >&2; exit 2",
        "echo 'warning' >&2; exit 1",
        "kill -9 $$",
        "printf './d00/in/f00.txt'; exit 0",
        "exec cat /dev/zero",
        "exec yes",
        "exec yes >&2",
        "exec sleep 600"
      })
  void findsTheSameWhenRipgrepFails(String script) throws Exception {
    findsTheSame(withRipgrep(script), search("[0-9]{7,}"));
    assertThat(filterings()).isEqualTo(1);
  }

  @Test
  void readsItselfWhatRipgrepCannotRead() throws Exception {
    World with =
        withRipgrep("echo 'rg: ./d10/in/f30.txt: Permission denied (os error 13)' >&2; exit 2");

    // What it did not name shows that it was believed.
    assertThat(with.call("search_files", search("[0-9]{7,}")))
        .contains("\nd10/in/f30.txt:2")
        .doesNotContain("d10/in/f70.txt");
  }

  @Test
  void startsNothingFromTheWorkspaceOrFromARelativeFolder() throws Exception {
    plant(without.write("rg", ""), REAL);
    plant(without.write("bin/rg", ""), REAL);
    Files.createSymbolicLink(programs.resolve("rg"), without.workspace.resolve("rg"));
    for (String path :
        List.of(
            "",
            ".",
            "bin",
            "bin:.",
            without.workspace.resolve("bin").toString(),
            programs.toString())) {
      findsTheSame(world(path), search("[0-9]{7,}"));
    }

    assertThat(filterings()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ripgrep 12.1.1 (rev 7cb211378a)", "rg 14.1.0", "", "ripgrep 13"})
  void doesNotUseWhatIsTooOldOrSomethingElse(String version) throws Exception {
    World with = withRipgrep(REAL);
    Path program = programs.resolve("rg");
    Files.writeString(program, Files.readString(program).replace("ripgrep 14.1.0", version));

    findsTheSame(with, search("[0-9]{7,}"));
    assertThat(filterings()).isZero();
  }

  @Test
  void looksForRipgrepOnceAndTellsItNothingOfTheEnvironment() throws Exception {
    Path environment = folder.resolve("environment");
    World with = withRipgrep("/usr/bin/env >'" + environment + "'; " + REAL);
    findsTheSame(with, search("[0-9]{7,}"));
    findsTheSame(with, search("[0-9]{6,}"));

    assertThat(Files.readString(calls).lines().filter(line -> line.contains("--version")))
        .hasSize(1);
    assertThat(Files.readString(environment))
        .doesNotContain("RIPGREP_CONFIG_PATH", "PATH=" + programs);
  }

  @Test
  void doesNotAskWhereTheFirstFilesAreEnough() throws Exception {
    World with = withRipgrep(REAL);
    findsTheSame(with, search("[0-9]{5}").put("maxResults", 100));
    findsTheSame(with, search("[0-9]{5}").put("maxResults", 100).put("root", "d01"));
    findsTheSame(with, search("and more"));

    assertThat(filterings()).isZero();
  }

  @Test
  void endsRipgrepWhenItIsInterrupted() throws Exception {
    Path number = folder.resolve("number");
    World with = withRipgrep("echo $$ >'" + number + "'; exec sleep 600");
    AtomicReference<Object> outcome = new AtomicReference<>("");
    Thread searching =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.set(with.call("search_files", search("[0-9]{7,}")));
              } catch (InterruptedException interrupted) {
                outcome.set(interrupted);
              }
            });
    await().until(() -> Files.exists(number) && Files.readString(number).endsWith("\n"));
    searching.interrupt();
    searching.join();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    long process = Long.parseLong(Files.readString(number).strip());
    await().until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
  }
}
