package com.commaagents.tools;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.failure.ErrorKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each way a tool can fail, through the real tool: its kind, what was wrong, and what a model is
/// to do next.
@Timeout(60)
class ErrorKindsTest {
  private static final String HASH = sha256("hello\n");
  private static final String OTHER = sha256("other");

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    world.write("a.txt", "hello\n");
    world.write("twice.txt", "x\nx\n");
    world.write("d/inner.txt", "inner\n");
    world.write(".env", "K=1\n");
    world.write(world.outside, "secret.txt", "secret\n");
    Files.write(world.workspace.resolve("binary"), new byte[] {1, 0, 2});
    Files.createSymbolicLink(world.workspace.resolve("link"), Path.of("a.txt"));
    try (RandomAccessFile huge =
        new RandomAccessFile(world.workspace.resolve("huge").toFile(), "rw")) {
      huge.setLength(10L << 30);
    }
    world.people.denyAll();
    // Nobody is asked about commands but where a row says so.
    world.policy(
        Mode.WRITE, List.of(), List.of("denied*"), Optional.of(Verdict.ALLOW), "run_command");
    world.policy(
        Mode.READ, List.of(), List.of("http://denied.test/*"), Optional.empty(), "webfetch");
  }

  @AfterEach
  void close() {
    world.close();
  }

  /// A row of the table in `errors.txt`.
  private record Row(String tool, String arguments, String kind, String what, String next) {
    static Row of(String tool, String line) {
      String[] cells = line.strip().split(" \\| ", -1);
      return new Row(tool, filled(cells[0]), cells[1], filled(cells[2]), cells[3]);
    }

    private static String filled(String text) {
      return text.replace("HASH", HASH).replace("OTHER", OTHER).replace("NAME", "n".repeat(300));
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String tool = "";
    for (String line : table().lines().toList()) {
      if (line.startsWith("  ")) {
        rows.add(Row.of(tool, line));
      } else if (!line.startsWith("#")) {
        tool = line;
      }
    }
    return rows;
  }

  private static String table() throws IOException {
    try (var table =
        Objects.requireNonNull(ErrorKindsTest.class.getResourceAsStream("errors.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tellsWhatWasWrongAndWhatToDoNext() throws Exception {
    for (Row row : rows()) {
      String answer = world.call(row.tool(), row.arguments());

      assertThat(answer)
          .as("%s %s", row.tool(), row.arguments())
          .contains(row.kind(), row.what())
          .containsPattern("(?s)\nNext: .*" + Pattern.quote(row.next()))
          .doesNotContain("Exception", "java.");
      if (!answer.startsWith("Ran ")) {
        assertThat(answer).startsWith(row.kind() + ": ").matches("(?s).*\nNext: .*\\.");
      }
    }
    assertThat(world.text("a.txt")).isEqualTo("hello\n");
    assertThat(world.text(".env")).isEqualTo("K=1\n");
    assertThat(world.outside.resolve("secret.txt")).hasContent("secret");
    assertThat(world.workspace.resolve("no")).doesNotExist();
  }

  @Test
  void hasARowForEveryKindAndForEveryToolThatCanFail() throws Exception {
    assertThat(rows().stream().map(Row::kind).collect(Collectors.toSet()))
        .isEqualTo(
            Arrays.stream(ErrorKind.values()).map(ErrorKind::label).collect(Collectors.toSet()));
    Set<String> tools = new TreeSet<>(world.registry().names());
    tools.removeAll(Set.of("todo_add", "todo_get", "todo_get_next", "todo_clear", "ask_question"));
    assertThat(rows().stream().map(Row::tool).collect(Collectors.toSet())).isEqualTo(tools);
  }
}
