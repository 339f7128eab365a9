package com.commaagents.tools.file;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.event.EngineEvent.ToolMutation;
import com.commaagents.tools.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands on the timeline of each change, and what a change leaves as it was.
class MutationAuditTest {
  private static final String OLD = "one\ntwo\n";
  private static final String NEW = "one\n2\n";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    world.write("a", OLD);
    world.write("b", NEW);
    world.people.denyAll();
  }

  @AfterEach
  void close() throws IOException {
    world.close();
    try (var left = Files.walk(world.workspace)) {
      assertThat(left.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private String path(String name) {
    return world.workspace.resolve(name).toString();
  }

  private static String diff(String name, String lines) {
    return "--- a/" + name + "\n+++ b/" + name + "\n" + lines;
  }

  private ToolMutation mutation(
      String tool,
      MutationKind kind,
      String name,
      Optional<String> to,
      Optional<String> before,
      Optional<String> after,
      Optional<String> diff) {
    return new ToolMutation(
        "coder", tool, kind, path(name), to.map(this::path), before, after, diff, Optional.empty());
  }

  @Test
  void tellsEachChangeWithItsHashesAndItsDiff() throws Exception {
    Optional<String> old = Optional.of(sha256(OLD));
    Optional<String> now = Optional.of(sha256(NEW));
    Optional<String> none = Optional.empty();
    String change = "@@ -1,2 +1,2 @@\n one\n-two\n+2\n";

    world.call("create_file", Json.object().put("path", "c").put("content", OLD));
    world.call(
        "write_file",
        Json.object().put("path", "c").put("content", NEW).put("expectedSha256", sha256(OLD)));
    world.call("edit_file", "{'path': 'c', 'edits': [{'oldText': '2', 'newText': 'two'}]}");
    world.call(
        "move_file",
        Json.object().put("fromPath", "c").put("toPath", "d").put("expectedSha256", sha256(OLD)));
    String overwritten =
        world.call(
            "move_file",
            Json.object()
                .put("fromPath", "b")
                .put("toPath", "d")
                .put("overwrite", true)
                .put("expectedSha256", sha256(NEW)));
    String deleted = world.call("delete_file", "{'path': 'd'}");
    String trashed = deleted.replaceAll("(?s).*in the trash as (\\S+);.*", "$1");
    world.call("restore_file", Json.object().put("trashedPath", trashed).put("targetPath", "e/f"));
    world.call("delete_file", "{'path': 'e/f', 'permanent': true}");

    assertThat(overwritten)
        .isEqualTo("Moved b to d (sha256 " + sha256(NEW) + "), over the file that was there");
    assertThat(world.journal.mutations())
        .containsExactly(
            mutation(
                "create_file",
                MutationKind.CREATE,
                "c",
                none,
                none,
                old,
                Optional.of(diff("c", "@@ -0,0 +1,2 @@\n+one\n+two\n"))),
            mutation(
                "write_file",
                MutationKind.UPDATE,
                "c",
                none,
                old,
                now,
                Optional.of(diff("c", change))),
            mutation(
                "edit_file",
                MutationKind.UPDATE,
                "c",
                none,
                now,
                old,
                Optional.of(diff("c", "@@ -1,2 +1,2 @@\n one\n-2\n+two\n"))),
            mutation("move_file", MutationKind.MOVE, "c", Optional.of("d"), old, old, none),
            mutation(
                "move_file",
                MutationKind.MOVE,
                "b",
                Optional.of("d"),
                now,
                now,
                Optional.of(diff("d", change))),
            mutation(
                "delete_file",
                MutationKind.DELETE,
                "d",
                Optional.of(trashed),
                now,
                none,
                Optional.of(diff("d", "@@ -1,2 +0,0 @@\n-one\n-2\n"))),
            mutation(
                "restore_file", MutationKind.MOVE, trashed, Optional.of("e/f"), now, now, none),
            mutation(
                "delete_file",
                MutationKind.DELETE,
                "e/f",
                none,
                now,
                none,
                Optional.of(diff("f", "@@ -1,2 +0,0 @@\n-one\n-2\n"))));
  }

  /// What was not done is told, too, with what it was to be done to.
  @Test
  void tellsEachRefusal() throws Exception {
    String deleted = world.call("delete_file", "{'path': 'b'}");
    String trashed = deleted.replaceAll("(?s).*in the trash as (\\S+);.*", "$1");
    String outside = world.outside.resolve("x").toString();

    world.call("create_file", "{'path': '.env', 'content': ''}");
    world.call(
        "move_file",
        Json.object()
            .put("fromPath", "a")
            .put("toPath", outside)
            .put("expectedSha256", sha256(OLD)));
    world.call(
        "restore_file", Json.object().put("trashedPath", trashed).put("targetPath", outside));
    world.call("delete_file", "{'path': 'no'}");

    assertThat(world.journal.mutations().subList(1, 5))
        .containsExactly(
            refused(
                "create_file",
                MutationKind.CREATE,
                path(".env"),
                Optional.empty(),
                "permission_denied: Changing .env was denied."),
            refused(
                "move_file",
                MutationKind.MOVE,
                path("a"),
                Optional.of(outside),
                "outside_workspace: Changing "
                    + outside
                    + " was denied: it is outside the workspace."),
            refused(
                "restore_file",
                MutationKind.MOVE,
                path(trashed),
                Optional.of(outside),
                "outside_workspace: Changing "
                    + outside
                    + " was denied: it is outside the workspace."),
            refused(
                "delete_file",
                MutationKind.DELETE,
                path("no"),
                Optional.empty(),
                "not_found: File does not exist: no"));
  }

  private static ToolMutation refused(
      String tool, MutationKind kind, String path, Optional<String> to, String error) {
    return new ToolMutation(
        "coder",
        tool,
        kind,
        path,
        to,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(error));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\r\nb\r\n', 'a\nc\n', 'a\r\nc\r\n'",
    "'a\r\nb\r\n', 'a\r\nc\r\n', 'a\r\nc\r\n'",
    "'a\nb\n', 'a\r\nc\r\n', 'a\nc\n'",
    "'a\nb\r\n', 'a\nc\r\n', 'a\nc\r\n'",
    "'a', 'a\nb', 'a\nb'",
    "'\uFEFFa\n', 'b\n', '\uFEFFb\n'",
    "'\uFEFFa\r\n', '\uFEFFb\n', '\uFEFFb\r\n'",
    "'a\rb\r', 'a\rc\r', 'a\rc\r'",
  })
  void keepsNewlinesAndTheByteOrderMark(String old, String written, String result)
      throws Exception {
    world.write("f", old);
    world.call(
        "write_file",
        Json.object().put("path", "f").put("content", written).put("expectedSha256", sha256(old)));
    assertThat(world.text("f")).isEqualTo(result);

    // The same by an edit of all that is there.
    world.write("f", old);
    var edit = Json.object().put("path", "f");
    edit.putArray("edits")
        .addObject()
        .put("oldText", old.replace("\uFEFF", ""))
        .put("newText", written.replace("\uFEFF", ""));
    assertThat(world.call("edit_file", edit)).startsWith("Edited f");
    assertThat(world.text("f")).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "r--r--r--", "rw-------", "rwxrwxrwx", "--x--x--x"})
  void keepsTheModeAndTheOwner(String mode) throws Exception {
    Path file = world.workspace.resolve("a");
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      Files.setAttribute(file, "unix:uid", 12345);
      Files.setAttribute(file, "unix:gid", 23456);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    if (!root && !Files.isReadable(file)) {
      assertThat(
              world.call(
                  "edit_file", "{'path': 'a', 'edits': [{'oldText': 'two', 'newText': '2'}]}"))
          .startsWith("permission_denied: The system denied access to a");
      return;
    }
    String before = owner(file);

    world.call("edit_file", "{'path': 'a', 'edits': [{'oldText': 'two', 'newText': '2'}]}");
    world.call(
        "write_file",
        Json.object().put("path", "a").put("content", OLD).put("expectedSha256", sha256(NEW)));
    String trashed =
        world
            .call("delete_file", "{'path': 'a'}")
            .replaceAll("(?s).*in the trash as (\\S+);.*", "$1");
    world.call("restore_file", Json.object().put("trashedPath", trashed));

    assertThat(file).hasContent(OLD.strip());
    assertThat(owner(file)).isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
  }

  private static String owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
  }

  @Test
  void makesNewFilesWithTheUsualMode() throws Exception {
    world.call("create_file", "{'path': 'new', 'content': 'x'}");
    Path usual =
        Files.write(world.workspace.resolve("usual"), "x".getBytes(StandardCharsets.UTF_8));

    assertThat(Files.getPosixFilePermissions(world.workspace.resolve("new")))
        .isEqualTo(Files.getPosixFilePermissions(usual));
  }
}
