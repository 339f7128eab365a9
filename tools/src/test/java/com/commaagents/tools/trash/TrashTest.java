package com.commaagents.tools.trash;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.tools.World;
import com.commaagents.tools.trash.Trash.Cleared;
import com.commaagents.tools.trash.Trash.Workspace;
import com.commaagents.tools.trash.TrashEntry.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrashTest {
  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private TrashEntry delete(String name, String text) throws Exception {
    world.write(name, text);
    assertThat(world.call("delete_file", "{'path': '" + name + "'}")).startsWith("Deleted ");
    return entries().getLast();
  }

  private List<TrashEntry> entries() throws InterruptedException {
    return world.trash.list(Optional.of(world.workspace)).stream()
        .flatMap(workspace -> workspace.entries().stream())
        .toList();
  }

  private static FaultCode code(Throwable thrown) {
    return assertThat(thrown)
        .asInstanceOf(InstanceOfAssertFactories.type(Fault.class))
        .actual()
        .code();
  }

  @Test
  void isEmptyAtFirst() throws Exception {
    assertThat(world.trash.list(Optional.empty())).isEmpty();
    assertThat(world.trash.list(Optional.of(world.workspace))).isEmpty();
    assertThat(world.trash.clear(Optional.of(Path.of("/nowhere")))).isEqualTo(new Cleared(0, 0));
    assertThat(world.workspace.resolve(".comma")).doesNotExist();
  }

  @Test
  void listsWhatWasDeletedWithItsOrigin() throws Exception {
    TrashEntry entry = delete("d/a", "12345");

    assertThat(entry.sizeBytes()).isEqualTo(5);
    assertThat(entry.path()).startsWith(world.workspace.resolve(".comma/trash"));
    assertThat(entry.metadata())
        .isEqualTo(
            new Metadata(
                entry.metadata().trashedAt(),
                world.workspace.resolve("d/a").toString(),
                sha256("12345"),
                Optional.of("run-1"),
                Optional.of("coder")));
    assertThat(world.trash.list(Optional.empty()))
        .containsExactly(new Workspace(world.workspace, List.of(entry)));
    assertThat(world.workspace.resolve(".comma/trash/.gitignore")).hasContent("*\n");
  }

  @Test
  void knowsItsWorkspacesInALaterLife() throws Exception {
    TrashEntry entry = delete("a", "x");
    Trash later =
        new Trash(
            Clock.system(), IdGenerator.random(), Optional.of(folder.resolve("data/trash.json")));

    assertThat(later.list(Optional.empty()))
        .containsExactly(new Workspace(world.workspace, List.of(entry)));
    Files.writeString(folder.resolve("data/trash.json"), "broken");
    assertThat(later.list(Optional.empty())).isEmpty();
    assertThat(later.list(Optional.of(world.workspace))).hasSize(1);
  }

  @Test
  void restoresWhereItWasOrElsewhere() throws Exception {
    TrashEntry first = delete("d/a", "x");
    TrashEntry second = delete("b", "y");
    Files.delete(world.workspace.resolve("d"));

    assertThat(world.trash.restore(world.workspace, first.path().toString(), Optional.empty()))
        .isEqualTo(new Trash.Restored(world.workspace.resolve("d/a"), first.path()));
    assertThat(
            world.trash.restore(
                world.workspace, second.path().resolve("content").toString(), Optional.of("c")))
        .isEqualTo(new Trash.Restored(world.workspace.resolve("c"), second.path()));
    assertThat(world.text("d/a") + world.text("c")).isEqualTo("xy");
    assertThat(entries()).isEmpty();
  }

  @Test
  void restoresOverNothing() throws Exception {
    TrashEntry entry = delete("a", "x");
    world.write("a", "new");

    assertThatThrownBy(
            () -> world.trash.restore(world.workspace, entry.path().toString(), Optional.empty()))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FaultCode.CONFLICT));
    assertThat(world.text("a")).isEqualTo("new");
    assertThat(entries()).containsExactly(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        ".comma/trash/none",
        ".comma/trash",
        ".comma/trash/",
        ".comma/trash/../x",
        "../outside/e",
        "/etc/passwd",
        ".comma/trash/link",
        ".comma/trash/link/content",
        "a\0b",
        "",
      })
  void restoresNothingThatIsNotInTheTrash(String path) throws Exception {
    assertThat(delete("a", "x").sizeBytes()).isEqualTo(1);
    world.write(world.outside, "e/content", "x");
    world.write(
        world.outside,
        "e/metadata.json",
        "{\"trashedAt\": \"2026-01-01T00:00:00Z\", \"originalPath\": \"/x\"}");
    Files.createSymbolicLink(
        world.workspace.resolve(".comma/trash/link"), world.outside.resolve("e"));

    assertThatThrownBy(() -> world.trash.restore(world.workspace, path, Optional.of("out")))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FaultCode.NOT_FOUND));
    assertThat(entries()).hasSize(1);
  }

  @Test
  void letsMetadataDecideAboutNothingOutside() throws Exception {
    TrashEntry entry = delete("a", "x");
    Files.writeString(
        entry.path().resolve("metadata.json"),
        "{\"trashedAt\": \"2026-01-01T00:00:00Z\", \"originalPath\": \"%s\"}"
            .formatted(world.outside.resolve("planted")));

    assertThatThrownBy(
            () -> world.trash.restore(world.workspace, entry.path().toString(), Optional.empty()))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FaultCode.INVALID_INPUT));
    assertThat(world.outside.resolve("planted")).doesNotExist();
    world.people.decide(Decision.DENY);
    assertThat(world.call("restore_file", "{'trashedPath': '" + entry.path() + "'}"))
        .startsWith("outside_workspace: ");
  }

  @Test
  void clearsTheTrashAndNothingElse() throws Exception {
    assertThat(delete("a", "xx").sizeBytes() + delete("b", "yyy").sizeBytes()).isEqualTo(5);
    Path kept = world.write(world.outside, "kept", "x");
    Files.createSymbolicLink(world.workspace.resolve(".comma/trash/link"), world.outside);

    Cleared cleared = world.trash.clear(Optional.empty());

    assertThat(cleared.cleared()).isEqualTo(2);
    assertThat(cleared.bytesFreed()).isGreaterThanOrEqualTo(5);
    assertThat(kept).exists();
    assertThat(entries()).isEmpty();
    assertThat(world.trash.list(Optional.empty())).isEmpty();
  }

  @Test
  void usesNoTrashThatIsALink() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve(".comma"), world.outside);
    world.write("a", "x");

    assertThat(world.call("delete_file", "{'path': 'a'}")).startsWith("not_found: ");
    assertThat(world.text("a")).isEqualTo("x");
    assertThat(world.trash.list(Optional.of(world.workspace))).isEmpty();
    assertThat(world.outside).isEmptyDirectory();
  }

  @Test
  void isNotWrittenByOtherTools() throws Exception {
    assertThat(delete("a", "x").sizeBytes()).isEqualTo(1);

    assertThat(world.call("create_file", "{'path': '.comma/trash/x', 'content': ''}"))
        .startsWith("permission_denied: ");
    assertThat(world.people.requests()).isEmpty();
  }
}
