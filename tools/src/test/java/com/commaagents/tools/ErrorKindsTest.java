package com.commaagents.tools;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.failure.ErrorKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    for (int i = 0; i < 8; i++) {
      world.people.decide(Decision.DENY);
    }
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

  /// @param arguments with single quotes for double ones; HASH and OTHER stand for sha256s
  private record Row(String tool, String arguments, ErrorKind kind, String what, String next) {
    String given() {
      return arguments.replace("HASH", HASH).replace("OTHER", OTHER);
    }
  }

  private static Row row(String tool, String arguments, ErrorKind kind, String what, String next) {
    return new Row(tool, arguments, kind, what, next);
  }

  /// All of them; what the text must hold of each.
  private enum Rows {
    READ(
        row(
            "read_file",
            "{'path': 'no'}",
            ErrorKind.NOT_FOUND,
            "File does not exist: no",
            "list_directory"),
        row(
            "read_file",
            "{'path': 'a.txt/x'}",
            ErrorKind.NOT_FOUND,
            "A folder on the way to a.txt/x",
            "list_directory"),
        row(
            "read_file",
            "{'path': 'a\\u0000b'}",
            ErrorKind.NOT_FOUND,
            "no path that can be followed",
            "list_directory"),
        row("read_file", "{'path': 'd'}", ErrorKind.UNKNOWN, "d is a folder", "list_directory"),
        row(
            "read_file",
            "{'path': '../outside/secret.txt'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Reading ../outside/secret.txt was denied",
            "use files inside"),
        row(
            "read_file",
            "{'path': '.env'}",
            ErrorKind.PERMISSION_DENIED,
            "Reading .env was denied",
            "do not try it again"),
        row(
            "read_file",
            "{'path': 'binary'}",
            ErrorKind.BINARY_FILE,
            "binary is a binary file",
            "allowBinary"),
        row(
            "read_file",
            "{'path': 'huge'}",
            ErrorKind.FILE_TOO_LARGE,
            "huge is larger than 16777216 bytes",
            "run_command"),
        row(
            "read_file",
            "{'path': 'a.txt', 'startLine': 9}",
            ErrorKind.UNKNOWN,
            "a.txt has 2 lines",
            "between 1 and 2")),
    FIND(
        row(
            "list_directory",
            "{'path': 'no'}",
            ErrorKind.NOT_FOUND,
            "There is no folder no",
            "list_directory"),
        row(
            "list_directory",
            "{'path': 'a.txt'}",
            ErrorKind.NOT_FOUND,
            "a.txt is no folder",
            "read_file"),
        row(
            "list_directory",
            "{'path': '..'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Reading .. was denied",
            "use files inside"),
        row(
            "list_directory",
            "{'path': '.git'}",
            ErrorKind.PERMISSION_DENIED,
            "Reading .git was denied",
            "do not try it again"),
        row(
            "glob",
            "{'pattern': '*', 'root': 'no'}",
            ErrorKind.NOT_FOUND,
            "There is no folder no",
            "list_directory"),
        row(
            "glob",
            "{'pattern': '../*'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "does not go up",
            "put the folder into root"),
        row(
            "glob",
            "{'pattern': '/etc/*'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "is relative to root",
            "put the folder into root"),
        row(
            "glob",
            "{'pattern': '*', 'root': '/etc'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Reading /etc was denied",
            "use files inside"),
        row(
            "search_files",
            "{'query': 'x', 'mode': 'text', 'root': 'no'}",
            ErrorKind.NOT_FOUND,
            "There is no folder no",
            "list_directory"),
        row(
            "search_files",
            "{'query': 'x', 'mode': 'text', 'root': 'a.txt'}",
            ErrorKind.NOT_FOUND,
            "a.txt is no folder",
            "read_file"),
        row(
            "search_files",
            "{'query': '(', 'mode': 'regex'}",
            ErrorKind.UNKNOWN,
            "no regular expression: (",
            "mode text"),
        row(
            "search_files",
            "{'query': 'x', 'mode': 'text', 'root': '../outside'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "was denied",
            "use files inside")),
    CREATE(
        row(
            "create_file",
            "{'path': 'a.txt', 'content': ''}",
            ErrorKind.ALREADY_EXISTS,
            "There is a file already: a.txt",
            "edit_file or write_file"),
        row(
            "create_file",
            "{'path': 'd', 'content': ''}",
            ErrorKind.ALREADY_EXISTS,
            "There is a folder already: d",
            "name a file in it"),
        row(
            "create_file",
            "{'path': 'new/', 'content': ''}",
            ErrorKind.UNKNOWN,
            "new/ is the name of a folder",
            "without a slash"),
        row(
            "create_file",
            "{'path': 'no/x', 'content': ''}",
            ErrorKind.NOT_FOUND,
            "The folder of no/x does not exist",
            "createParentDirectories"),
        row(
            "create_file",
            "{'path': 'a.txt/x', 'content': ''}",
            ErrorKind.NOT_FOUND,
            "A folder on the way to a.txt/x is a file",
            "list_directory"),
        row(
            "create_file",
            "{'path': 'a.txt/x', 'content': '', 'createParentDirectories': true}",
            ErrorKind.NOT_FOUND,
            "A folder on the way to a.txt/x is a file",
            "list_directory"),
        row(
            "create_file",
            "{'path': '../x', 'content': ''}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Changing ../x was denied",
            "use files inside"),
        row(
            "create_file",
            "{'path': '.git/hooks/pre-commit', 'content': ''}",
            ErrorKind.PERMISSION_DENIED,
            "was denied",
            "do not try it again"),
        row(
            "create_file",
            "{'path': '" + "n".repeat(300) + "', 'content': ''}",
            ErrorKind.UNKNOWN,
            "File name too long",
            "shorter name")),
    WRITE(
        row(
            "write_file",
            "{'path': 'no', 'content': '', 'expectedSha256': 'HASH'}",
            ErrorKind.NOT_FOUND,
            "File does not exist: no",
            "create_file"),
        row(
            "write_file",
            "{'path': 'a.txt', 'content': '', 'expectedSha256': 'OTHER'}",
            ErrorKind.STALE_FILE,
            "a.txt has changed: its sha256 is " + HASH,
            "read it again with read_file"),
        row(
            "write_file",
            "{'path': 'huge', 'content': '', 'expectedSha256': 'HASH'}",
            ErrorKind.FILE_TOO_LARGE,
            "huge is larger",
            "run_command"),
        row(
            "write_file",
            "{'path': 'd', 'content': '', 'expectedSha256': 'HASH'}",
            ErrorKind.UNKNOWN,
            "d is a folder",
            "name a file in it"),
        row(
            "write_file",
            "{'path': '/etc/passwd', 'content': '', 'expectedSha256': 'HASH'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Changing /etc/passwd was denied",
            "use files inside"),
        row(
            "write_file",
            "{'path': '.env', 'content': '', 'expectedSha256': 'HASH'}",
            ErrorKind.PERMISSION_DENIED,
            "Changing .env was denied",
            "do not try it again")),
    EDIT(
        row(
            "edit_file",
            "{'path': 'no', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.NOT_FOUND,
            "File does not exist: no",
            "list_directory"),
        row(
            "edit_file",
            "{'path': 'a.txt', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.OLD_TEXT_NOT_FOUND,
            "Edit 1: oldText is not in a.txt",
            "read the file with read_file"),
        row(
            "edit_file",
            "{'path': 'twice.txt', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.MULTIPLE_MATCHES,
            "Edit 1: oldText is in twice.txt 2 times, not 1",
            "more of the text around it"),
        row(
            "edit_file",
            "{'path': 'a.txt', 'edits': [{'oldText': 'hel', 'newText': ''}, {'oldText': 'ell', 'newText': ''}]}",
            ErrorKind.OVERLAPPING_EDITS,
            "Edits 1 and 2 touch",
            "join them"),
        row(
            "edit_file",
            "{'path': 'binary', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.BINARY_FILE,
            "binary is binary or not UTF-8",
            "run_command"),
        row(
            "edit_file",
            "{'path': 'huge', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.FILE_TOO_LARGE,
            "huge is larger",
            "run_command"),
        row(
            "edit_file",
            "{'path': 'a.txt', 'edits': [{'oldText': 'h', 'newText': 'y'}], 'expectedSha256': 'OTHER'}",
            ErrorKind.STALE_FILE,
            "a.txt has changed",
            "read it again with read_file"),
        row(
            "edit_file",
            "{'path': 'd/', 'edits': [{'oldText': 'x', 'newText': 'y'}]}",
            ErrorKind.UNKNOWN,
            "d/ is the name of a folder",
            "without a slash"),
        row(
            "edit_file",
            "{'path': '../outside/secret.txt', 'edits': [{'oldText': 's', 'newText': 'y'}]}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "was denied",
            "use files inside"),
        row(
            "edit_file",
            "{'path': '.env', 'edits': [{'oldText': 'K', 'newText': 'y'}]}",
            ErrorKind.PERMISSION_DENIED,
            "Changing .env was denied",
            "do not try it again")),
    DELETE(
        row(
            "delete_file",
            "{'path': 'no'}",
            ErrorKind.NOT_FOUND,
            "File does not exist: no",
            "list_directory"),
        row(
            "delete_file",
            "{'path': 'd'}",
            ErrorKind.UNKNOWN,
            "d is a folder",
            "name a file in it"),
        row(
            "delete_file",
            "{'path': 'link'}",
            ErrorKind.UNKNOWN,
            "link is a link to",
            "name the file itself"),
        row(
            "delete_file",
            "{'path': 'a.txt', 'expectedSha256': 'OTHER'}",
            ErrorKind.STALE_FILE,
            "a.txt has changed",
            "read it again with read_file"),
        row(
            "delete_file",
            "{'path': '../outside/secret.txt'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "was denied",
            "use files inside"),
        row(
            "delete_file",
            "{'path': '.env'}",
            ErrorKind.PERMISSION_DENIED,
            "Changing .env was denied",
            "do not try it again")),
    MOVE(
        row(
            "move_file",
            "{'fromPath': 'no', 'toPath': 'b', 'expectedSha256': 'HASH'}",
            ErrorKind.NOT_FOUND,
            "File does not exist: no",
            "list_directory"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'no/b', 'expectedSha256': 'HASH'}",
            ErrorKind.NOT_FOUND,
            "The folder of no/b does not exist",
            "mkdir -p"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'twice.txt', 'expectedSha256': 'HASH'}",
            ErrorKind.ALREADY_EXISTS,
            "There is a file already: twice.txt",
            "set overwrite"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'a.txt', 'expectedSha256': 'HASH'}",
            ErrorKind.ALREADY_EXISTS,
            "a.txt is there already",
            "another toPath"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'b', 'expectedSha256': 'OTHER'}",
            ErrorKind.STALE_FILE,
            "a.txt has changed",
            "read it again with read_file"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'd', 'expectedSha256': 'HASH'}",
            ErrorKind.UNKNOWN,
            "d is a folder",
            "name a file in it"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': 'e/', 'expectedSha256': 'HASH'}",
            ErrorKind.UNKNOWN,
            "e/ is the name of a folder",
            "without a slash"),
        row(
            "move_file",
            "{'fromPath': 'link', 'toPath': 'b', 'expectedSha256': 'HASH'}",
            ErrorKind.UNKNOWN,
            "link is a link to",
            "name the file itself"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': '../outside/b', 'expectedSha256': 'HASH'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "Changing ../outside/b was denied",
            "use files inside"),
        row(
            "move_file",
            "{'fromPath': 'a.txt', 'toPath': '.env.local', 'expectedSha256': 'HASH'}",
            ErrorKind.PERMISSION_DENIED,
            "Changing .env.local was denied",
            "do not try it again")),
    RESTORE(
        row(
            "restore_file",
            "{'trashedPath': 'no'}",
            ErrorKind.NOT_FOUND,
            "Not in the trash of",
            "trashedPath that delete_file told"),
        row(
            "restore_file",
            "{'trashedPath': '/etc/passwd'}",
            ErrorKind.NOT_FOUND,
            "Not in the trash of",
            "trashedPath that delete_file told")),
    RUN(
        row(
            "run_command",
            "{'command': 'true', 'cwd': 'no'}",
            ErrorKind.NOT_FOUND,
            "There is no folder no",
            "leave cwd out"),
        row(
            "run_command",
            "{'command': 'true', 'cwd': 'a.txt'}",
            ErrorKind.NOT_FOUND,
            "There is no folder a.txt",
            "leave cwd out"),
        row(
            "run_command",
            "{'command': 'true', 'cwd': '..'}",
            ErrorKind.OUTSIDE_WORKSPACE,
            "was denied",
            "use files inside"),
        row(
            "run_command",
            "{'command': 'rm -rf /'}",
            ErrorKind.PERMISSION_DENIED,
            "This command is never run",
            "narrower way"),
        row(
            "run_command",
            "{'command': 'denied x'}",
            ErrorKind.PERMISSION_DENIED,
            "Running this command was denied",
            "do not try it again"),
        row(
            "run_command",
            "{'command': 'true', 'env': {'A=B': 'x'}}",
            ErrorKind.UNKNOWN,
            "no name of a variable",
            "letters, digits and underscores"),
        row(
            "run_command",
            "{'command': 'a\\u0000b'}",
            ErrorKind.UNKNOWN,
            "zero character",
            "leave it out"),
        row(
            "run_command",
            "{'command': 'exit 3'}",
            ErrorKind.COMMAND_FAILED,
            "exit code 3",
            "find the cause in STDERR"),
        row(
            "run_command",
            "{'command': 'sleep 60', 'timeoutMs': 100}",
            ErrorKind.TIMEOUT,
            "longer than 100 ms",
            "larger timeoutMs")),
    WEB(
        row(
            "webfetch",
            "{'url': 'ftp://a.test/'}",
            ErrorKind.UNKNOWN,
            "only http and https",
            "https://example.org/page"),
        row(
            "webfetch",
            "{'url': 'http://a.test:99999/'}",
            ErrorKind.UNKNOWN,
            "no port from 1 to 65535",
            "https://example.org/page"),
        row(
            "webfetch",
            "{'url': 'http://127.0.0.1/'}",
            ErrorKind.PERMISSION_DENIED,
            "127.0.0.1 is a loopback address",
            "webfetchAllow"),
        row(
            "webfetch",
            "{'url': 'http://denied.test/x'}",
            ErrorKind.PERMISSION_DENIED,
            "Fetching this address was denied",
            "do not try it again")),
    OTHERS(
        row("todo_complete", "{'id': '9'}", ErrorKind.NOT_FOUND, "There is no to-do 9", "todo_get"),
        row("todo_remove", "{'id': '9'}", ErrorKind.NOT_FOUND, "There is no to-do 9", "todo_get"),
        row("lsp_request", "{}", ErrorKind.UNKNOWN, "is not built", "search_files"));

    private final List<Row> rows;

    Rows(Row... rows) {
      this.rows = List.of(rows);
    }
  }

  @ParameterizedTest
  @EnumSource(Rows.class)
  void tellsWhatWasWrongAndWhatToDoNext(Rows rows) throws Exception {
    for (Row row : rows.rows) {
      String answer = world.call(row.tool(), row.given());

      assertThat(answer)
          .as("%s %s", row.tool(), row.arguments())
          .contains(row.kind().label(), row.what())
          .containsPattern("(?s)\nNext: .*" + java.util.regex.Pattern.quote(row.next()))
          .doesNotContain("Exception", "java.");
      if (!row.tool().equals("run_command") || !answer.startsWith("Ran ")) {
        assertThat(answer).startsWith(row.kind().label() + ": ").matches("(?s).*\nNext: .*\\.");
      }
    }
    assertThat(world.text("a.txt")).isEqualTo("hello\n");
    assertThat(world.text(".env")).isEqualTo("K=1\n");
    assertThat(world.outside.resolve("secret.txt")).hasContent("secret");
    assertThat(world.workspace.resolve("no")).doesNotExist();
  }

  @Test
  void hasARowForEveryKindAndForEveryToolThatCanFail() {
    List<Row> all = Arrays.stream(Rows.values()).flatMap(rows -> rows.rows.stream()).toList();

    assertThat(all.stream().map(Row::kind).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(ErrorKind.class));
    Set<String> tools = new java.util.TreeSet<>(world.registry().names());
    tools.removeAll(Set.of("todo_add", "todo_get", "todo_get_next", "todo_clear", "ask_question"));
    assertThat(all.stream().map(Row::tool).collect(Collectors.toSet())).isEqualTo(tools);
  }
}
