package com.commaagents.tools.file;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.event.EngineEvent.ToolMutation;
import com.commaagents.tools.World;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileToolsTest {
  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() throws IOException {
    world.close();
    try (var left = Files.walk(world.workspace)) {
      assertThat(left.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void readsAFileWithItsFacts() throws Exception {
    world.write("hello.txt", "hello file content\n");

    assertThat(world.call("read_file", "{'path': 'hello.txt'}"))
        .isEqualTo(
            "Read hello.txt — lines 1-2 of 2, 19 bytes,"
                + " sha256=7de10c2d1a5b55b5bfd6e908aed7861d54830e3cabc84c743db7648e66ec2a4f,"
                + " newlines lf\n\nhello file content\n");
  }

  @Test
  void readsSomeLines() throws Exception {
    world.write("a", "1\r\n2\r\n3\r\n4");

    assertThat(world.call("read_file", "{'path': 'a', 'startLine': 2, 'endLine': 3}"))
        .contains("lines 2-3 of 4, 10 bytes")
        .contains("newlines crlf")
        .endsWith("\n\n2\r\n3\r");
    assertThat(world.call("read_file", "{'path': 'a', 'startLine': 4, 'endLine': 99}"))
        .contains("lines 4-4 of 4")
        .endsWith("\n\n4");
    assertThat(world.call("read_file", "{'path': 'a', 'startLine': 5}"))
        .startsWith("unknown: a has 4 lines");
  }

  @Test
  void cutsWhatIsLongerThanWasAskedFor() throws Exception {
    world.write("a", "1\n2\nöö");

    assertThat(world.call("read_file", "{'path': 'a', 'maxBytes': 8}")).endsWith("\n\n1\n2\nöö");
    assertThat(world.call("read_file", "{'path': 'a', 'maxBytes': 7}"))
        .contains("truncated at 7 bytes: read on with startLine 3")
        .endsWith("\n\n1\n2\nö");
  }

  @Test
  void readsAnEmptyFile() throws Exception {
    world.write("a", "");

    assertThat(world.call("read_file", "{'path': 'a'}"))
        .startsWith("Read a — lines 1-1 of 1, 0 bytes, sha256=" + sha256(""))
        .endsWith("\n\n");
  }

  @Test
  void readsBinaryFilesOnlyWhenToldTo() throws Exception {
    Files.write(world.workspace.resolve("b"), new byte[] {1, 0, 2});

    assertThat(world.call("read_file", "{'path': 'b'}")).startsWith("binary_file: b is");
    assertThat(world.call("read_file", "{'path': 'b', 'allowBinary': true}"))
        .contains("binary, 3 bytes")
        .endsWith("as base64\n\nAQAC");
  }

  @Test
  void refusesFilesThatAreTooLarge() throws Exception {
    try (RandomAccessFile large =
        new RandomAccessFile(world.workspace.resolve("l").toFile(), "rw")) {
      large.setLength(Content.MAX_BYTES + 1L);
    }

    assertThat(world.call("read_file", "{'path': 'l'}")).startsWith("file_too_large: ");
    assertThat(world.call("read_file", "{'path': 'l', 'allowBinary': true}"))
        .startsWith("file_too_large: ");
    try (RandomAccessFile large =
        new RandomAccessFile(world.workspace.resolve("l").toFile(), "rw")) {
      large.setLength(Content.MAX_BYTES);
    }
    assertThat(world.call("read_file", "{'path': 'l', 'allowBinary': true, 'maxBytes': 3}"))
        .contains("truncated at 3 bytes")
        .endsWith("AAAA");
  }

  @Test
  void saysWhatIsMissingOrNoFile() throws Exception {
    Files.createDirectory(world.workspace.resolve("d"));

    assertThat(world.call("read_file", "{'path': 'missing.txt'}"))
        .startsWith("not_found: File does not exist: missing.txt\nNext: ");
    assertThat(world.call("read_file", "{'path': 'd'}")).startsWith("unknown: d is a folder");
    assertThat(world.call("read_file", "{'path': 'd/x/y'}")).startsWith("not_found: ");
    world.write("f", "x");
    assertThat(world.call("read_file", "{'path': 'f/x'}")).startsWith("not_found: ");
    assertThat(world.call("read_file", "{'path': 'a\\u0000b'}")).startsWith("not_found: ");
  }

  @Test
  void createsAFileAndTellsTheJournal() throws Exception {
    assertThat(world.call("create_file", "{'path': 'new.txt', 'content': 'x'}"))
        .isEqualTo("Created new.txt (1 bytes, sha256 " + sha256("x") + ")");
    assertThat(world.text("new.txt")).isEqualTo("x");
    assertThat(world.journal.mutations())
        .containsExactly(
            new ToolMutation(
                "coder",
                "create_file",
                MutationKind.CREATE,
                world.workspace.resolve("new.txt").toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(sha256("x")),
                Optional.of(
                    """
                    --- a/new.txt
                    +++ b/new.txt
                    @@ -0,0 +1,1 @@
                    +x
                    \\ No newline at end of file
                    """),
                Optional.empty()));
  }

  @Test
  void createsNothingOverSomething() throws Exception {
    world.write("a", "old");

    assertThat(world.call("create_file", "{'path': 'a', 'content': 'x'}"))
        .startsWith("already_exists: There is a file already: a");
    assertThat(world.text("a")).isEqualTo("old");
    assertThat(world.journal.mutations().getFirst().error())
        .contains("already_exists: There is a file already: a");
  }

  @Test
  void makesFoldersOnlyWhenToldTo() throws Exception {
    assertThat(world.call("create_file", "{'path': 'x/y/a', 'content': '1'}"))
        .startsWith("not_found: The folder of x/y/a")
        .contains("createParentDirectories");
    assertThat(
            world.call(
                "create_file",
                "{'path': 'x/y/a', 'content': '1', 'createParentDirectories': true}"))
        .startsWith("Created");
    assertThat(world.text("x/y/a")).isEqualTo("1");
  }

  @Test
  void writesInTheStyleOfTheFile() throws Exception {
    String old = "\uFEFFa\r\nb\r\n";
    Path file = world.write("a", old);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

    String answer =
        world.call(
            "write_file",
            Json.object()
                .put("path", "a")
                .put("content", "a\nc\n")
                .put("expectedSha256", sha256(old)));

    assertThat(world.text("a")).isEqualTo("\uFEFFa\r\nc\r\n");
    assertThat(answer).isEqualTo("Wrote a (9 bytes, sha256 " + sha256(world.text("a")) + ")");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
    assertThat(world.journal.mutations().getFirst())
        .returns(Optional.of(sha256(old)), ToolMutation::beforeSha256)
        .returns(Optional.of(sha256(world.text("a"))), ToolMutation::afterSha256);
  }

  @Test
  void writesOnlyWhatTheModelHasSeen() throws Exception {
    world.write("a", "theirs");

    assertThat(
            world.call(
                "write_file",
                "{'path': 'a', 'content': 'x', 'expectedSha256': '" + sha256("mine") + "'}"))
        .startsWith("stale_file: a has changed: its sha256 is " + sha256("theirs"))
        .contains("read_file");
    assertThat(world.text("a")).isEqualTo("theirs");
    assertThat(
            world.call(
                "write_file",
                "{'path': 'no', 'content': 'x', 'expectedSha256': '" + sha256("") + "'}"))
        .startsWith("not_found: ");
  }

  @Test
  void editsAgainstTheOriginal() throws Exception {
    world.write("a", "one two one three\n");

    String answer =
        world.call(
            "edit_file",
            "{'path': 'a', 'edits': [{'oldText': 'one', 'newText': 'two', 'expectedOccurrences':"
                + " 2}, {'oldText': 'two', 'newText': 'one'}, {'oldText': ' three', 'newText':"
                + " ''}]}");

    assertThat(world.text("a")).isEqualTo("two one two\n");
    assertThat(answer).startsWith("Edited a (4 replacements, 12 bytes, sha256 ");
    assertThat(world.journal.mutations().getFirst().diff())
        .contains("--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-one two one three\n+two one two\n");
  }

  @Test
  void saysWhyAnEditIsNotMade() throws Exception {
    world.write("a", "aaa bb");

    assertThat(edit("{'oldText': 'x', 'newText': 'y'}")).startsWith("old_text_not_found: Edit 1");
    assertThat(edit("{'oldText': 'b', 'newText': 'y'}"))
        .startsWith("multiple_matches: Edit 1: oldText is in a 2 times, not 1");
    assertThat(edit("{'oldText': 'bb', 'newText': 'y', 'expectedOccurrences': 2}"))
        .startsWith("old_text_not_found: Edit 1: oldText is in a 1 times, not 2");
    assertThat(edit("{'oldText': 'aa ', 'newText': 'y'}, {'oldText': 'a b', 'newText': 'z'}"))
        .startsWith("overlapping_edits: Edits 1 and 2");
    assertThat(edit("{'oldText': 'aaa ', 'newText': 'x'}, {'oldText': 'bb', 'newText': 'z'}"))
        .startsWith("Edited");
    assertThat(world.text("a")).isEqualTo("xz");
    assertThat(edit("{'oldText': 'x', 'newText': 'x'}"))
        .startsWith("The edits change nothing in a");
    assertThat(world.journal.mutations()).hasSize(5);
  }

  private String edit(String edits) throws InterruptedException {
    return world.call("edit_file", "{'path': 'a', 'edits': [" + edits + "]}");
  }

  @Test
  void editsWindowsFilesWithPlainNewlines() throws Exception {
    world.write("a", "1\r\n2\r\n3\r\n");

    assertThat(edit("{'oldText': '1\\n2', 'newText': '1\\nx\\n2'}")).startsWith("Edited");
    assertThat(world.text("a")).isEqualTo("1\r\nx\r\n2\r\n3\r\n");
  }

  @Test
  void editsNoBinaryAndNoBrokenText() throws Exception {
    Files.write(world.workspace.resolve("a"), new byte[] {'x', 0});
    assertThat(edit("{'oldText': 'x', 'newText': 'y'}")).startsWith("binary_file: ");
    Files.write(world.workspace.resolve("a"), new byte[] {'x', (byte) 0xFF});
    assertThat(edit("{'oldText': 'x', 'newText': 'y'}")).startsWith("binary_file: ");
    assertThat(world.call("read_file", "{'path': 'a'}")).contains("not UTF-8").endsWith("x\uFFFD");
  }

  @Test
  void losesNoneOfManyEditsAtOnce() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("line").append(i).append("|\n");
    }
    world.write("a", text.toString());
    List<Thread> threads = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String edits = "{'oldText': 'line" + i + "|', 'newText': 'done" + i + "|'}";
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  assertThat(edit(edits)).startsWith("Edited");
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(world.text("a")).isEqualTo(text.toString().replace("line", "done"));
  }

  @Test
  void movesAFile() throws Exception {
    world.write("a", "x");
    Files.createDirectory(world.workspace.resolve("d"));

    assertThat(move("a", "d/b", sha256("x"), false))
        .isEqualTo("Moved a to d/b (sha256 " + sha256("x") + ")");
    assertThat(world.text("d/b")).isEqualTo("x");
    assertThat(world.workspace.resolve("a")).doesNotExist();
    assertThat(world.journal.mutations().getFirst())
        .returns(MutationKind.MOVE, ToolMutation::kind)
        .returns(Optional.of(world.workspace.resolve("d/b").toString()), ToolMutation::toFile);
  }

  @Test
  void movesOverAFileOnlyWhenToldTo() throws Exception {
    world.write("a", "x");
    world.write("b", "y");
    Files.createDirectory(world.workspace.resolve("d"));
    Files.createSymbolicLink(world.workspace.resolve("l"), Path.of("b"));

    assertThat(move("a", "b", sha256("x"), false)).startsWith("already_exists: ");
    assertThat(move("a", "b", sha256("y"), true)).startsWith("stale_file: ");
    assertThat(move("a", "a", sha256("x"), true)).startsWith("already_exists: ");
    assertThat(move("a", "d", sha256("x"), true)).startsWith("unknown: ");
    assertThat(move("a", "l", sha256("x"), true)).startsWith("unknown: l is a link");
    assertThat(move("l", "c", sha256("y"), true)).startsWith("unknown: l is a link");
    assertThat(move("d", "c", sha256("y"), true)).startsWith("unknown: ");
    assertThat(move("no", "c", sha256("y"), true)).startsWith("not_found: ");
    assertThat(move("a", "no/c", sha256("x"), true)).startsWith("not_found: The folder of no/c");
    assertThat(world.text("a") + world.text("b")).isEqualTo("xy");
    assertThat(move("a", "b", sha256("x"), true)).startsWith("Moved");
    assertThat(world.text("b")).isEqualTo("x");
  }

  private String move(String from, String to, String hash, boolean overwrite)
      throws InterruptedException {
    return world.call(
        "move_file",
        Json.object()
            .put("fromPath", from)
            .put("toPath", to)
            .put("expectedSha256", hash)
            .put("overwrite", overwrite));
  }

  @Test
  void deletesIntoTheTrashAndRestores() throws Exception {
    Path file = world.write("d/a", "x\n");

    String answer = world.call("delete_file", "{'path': 'd/a'}");
    String trashed = answer.replaceAll("(?s).*in the trash as (\\S+);.*", "$1");

    assertThat(answer).startsWith("Deleted d/a (sha256 " + sha256("x\n") + ")");
    assertThat(file).doesNotExist();
    assertThat(trashed).startsWith(".comma/trash/");
    assertThat(world.call("restore_file", "{'trashedPath': '" + trashed + "'}"))
        .isEqualTo("Restored d/a (sha256 " + sha256("x\n") + ")");
    assertThat(file).hasContent("x\n");
    assertThat(world.call("restore_file", "{'trashedPath': '" + trashed + "'}"))
        .startsWith("not_found: ");
    assertThat(world.journal.mutations())
        .extracting(ToolMutation::kind)
        .containsExactly(MutationKind.DELETE, MutationKind.MOVE);
    assertThat(world.journal.mutations().getFirst().diff())
        .contains("--- a/a\n+++ b/a\n@@ -1,1 +0,0 @@\n-x\n");
  }

  @Test
  void restoresElsewhereButOverNothing() throws Exception {
    world.write("a", "x");
    String trashed =
        world.call("delete_file", "{'path': 'a'}").replaceAll("(?s).*as (\\S+);.*", "$1");
    world.write("a", "new");

    assertThat(world.call("restore_file", "{'trashedPath': '" + trashed + "'}"))
        .startsWith("already_exists: ");
    assertThat(
            world.call("restore_file", "{'trashedPath': '" + trashed + "', 'targetPath': 'e/b'}"))
        .startsWith("Restored e/b");
    assertThat(world.text("a") + world.text("e/b")).isEqualTo("newx");
  }

  @Test
  void deletesForGoodWhenToldTo() throws Exception {
    world.write("a", "x");

    assertThat(world.call("delete_file", "{'path': 'a', 'expectedSha256': '" + sha256("y") + "'}"))
        .startsWith("stale_file: ");
    assertThat(world.call("delete_file", "{'path': 'a', 'permanent': true}"))
        .isEqualTo("Deleted a for good (sha256 " + sha256("x") + ")");
    assertThat(world.workspace.resolve("a")).doesNotExist();
    assertThat(world.workspace.resolve(".comma")).doesNotExist();
    assertThat(world.call("delete_file", "{'path': 'a'}")).startsWith("not_found: ");
    Files.createDirectory(world.workspace.resolve("d"));
    assertThat(world.call("delete_file", "{'path': 'd'}")).startsWith("unknown: d is a folder");
  }

  @Test
  void leavesTheOldFileWhenItIsInterrupted() throws Exception {
    world.write("a", "old");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> edit("{'oldText': 'old', 'newText': 'new'}"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(world.text("a")).isEqualTo("old");
  }

  @Test
  void diffsNoBinaryFiles() throws Exception {
    byte[] old = {0, 1};
    Files.write(world.workspace.resolve("a"), old);

    assertThat(
            world.call(
                "write_file",
                "{'path': 'a', 'content': 'x', 'expectedSha256': '" + Sha256.of(old) + "'}"))
        .startsWith("Wrote");
    assertThat(world.journal.mutations().getFirst().diff()).isEmpty();
    assertThat(Files.readAllBytes(world.workspace.resolve("a")))
        .isEqualTo("x".getBytes(StandardCharsets.UTF_8));
  }
}
