package com.commaagents.tools.file;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent.ToolMutation;
import com.commaagents.tools.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full: a small file system in memory, which only root may mount. So it is
/// run in the profile `long` only.
@Tag("long")
class FullDiskTest {
  @TempDir Path temporary;

  @Test
  void leavesTheOldFilesAndNothingBesideThem() throws Exception {
    Path small = Files.createDirectory(temporary.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    try (World world = new World(small)) {
      fill(world);
    } finally {
      run("umount", small.toString());
    }
  }

  private static void fill(World world) throws Exception {
    world.write("a", "old\n");
    world.write("sub/b", "b\n");
    String large = "x".repeat(2 << 20);
    Path ballast = Files.write(world.outside.resolve("ballast"), new byte[900_000]);
    List<String> before = names(world.workspace);

    List<String> answers =
        List.of(
            world.call("create_file", Json.object().put("path", "new").put("content", large)),
            world.call(
                "write_file",
                Json.object()
                    .put("path", "a")
                    .put("content", large)
                    .put("expectedSha256", sha256("old\n"))),
            edit(world, large));

    assertThat(answers)
        .allSatisfy(answer ->
            assertThat(answer)
                .startsWith("unknown: ")
                .contains("No space left on device")
                .contains("Next: nothing was changed; tell the user that the disk is full"));
    assertThat(names(world.workspace)).isEqualTo(before);
    assertThat(world.text("a")).isEqualTo("old\n");
    assertThat(world.journal.mutations()).hasSize(3).allMatch(FullDiskTest::failed);
    Files.delete(ballast);
    assertThat(world.call("create_file", Json.object().put("path", "new").put("content", "x")))
        .startsWith("Created new");
  }

  private static boolean failed(ToolMutation mutation) {
    return mutation.error().isPresent() && mutation.afterSha256().isEmpty();
  }

  private static String edit(World world, String large) throws InterruptedException {
    var edit = Json.object().put("path", "a");
    edit.putArray("edits").addObject().put("oldText", "old").put("newText", large);
    return world.call("edit_file", edit);
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s", List.of(command)).isZero();
  }
}
