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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Searches find the same whether files are ruled out by their bytes or all are looked through line
/// by line, whatever there is to be searched.
@Timeout(120)
class RulingOutTest {
  // Changes nothing, but is not understood where files are ruled out.
  private static final String PLAINLY = "(?-x)";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder, Verdict.ALLOW, Map.of());
    for (int i = 0; i < 20; i++) {
      for (int k = 0; k < 80; k++) {
        String text = "some line\n" + "1".repeat((i + k) % 40 == 0 ? 7 : 5) + " and more\n";
        world.write("d%02d/in/f%02d.txt".formatted(i, k), text);
      }
    }
  }

  private static ObjectNode search(String expression) {
    return Json.object().put("query", expression).put("mode", "regex").put("maxResults", 1000);
  }

  private void findsTheSame(ObjectNode arguments) throws InterruptedException {
    String expression = arguments.get("query").asString();
    String found = world.call("search_files", arguments);
    String plainly =
        world.call("search_files", arguments.deepCopy().put("query", PLAINLY + expression));
    assertThat(found).startsWith("Found ").isEqualTo(plainly.replace(PLAINLY, ""));
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
        ".{20,}",
        "1234567",
        "(?i)FGHI|34",
        "no such text"
      })
  void findsTheSameInWhatIsHardToSearch(String expression) throws Exception {
    plantTrouble();

    findsTheSame(search(expression));
    findsTheSame(search(expression).put("contextLines", 1).put("root", "e"));
    findsTheSame(search(expression).put("maxResults", 3));
    ObjectNode filtered = search(expression);
    filtered.putArray("includeGlobs").add("*.txt");
    filtered.putArray("excludeGlobs").add("d1*");
    findsTheSame(filtered);
  }

  private void plantTrouble() throws IOException {
    String line = "1234567\n";
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
      world.write(name, line);
    }
    Path e = world.workspace.resolve("e");
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
    write(world.outside.resolve("secret"), line);
    Files.createSymbolicLink(e.resolve("link"), world.outside.resolve("secret"));
    Files.createSymbolicLink(e.resolve("links"), world.outside);
    Files.createSymbolicLink(e.resolve("self"), Path.of("."));
    mkfifo(e.resolve("pipe"));
    Files.setPosixFilePermissions(
        world.write("e/unreadable", line), PosixFilePermissions.fromString("-w-------"));
    Files.setPosixFilePermissions(
        world.write("e/closed/in", line).getParent(), PosixFilePermissions.fromString("-wx------"));
  }

  private static void write(Path file, String bytes) throws IOException {
    Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void mkfifo(Path pipe) throws IOException {
    await()
        .until(new ProcessBuilder("mkfifo", pipe.toString()).start()::waitFor, code -> code == 0);
  }
}
