package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.ClientId;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are held to the permissions of a manifest, by its path or because of where they lie.
final class RunManifestTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final String ALL =
      "{\"network\":true,\"filesystem\":\"write\",\"shell\":true,\"executesCode\":true}";

  private final Path folder;
  private final RunSystem runs;

  RunManifestTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools())
                .withDataFolder(this.folder.resolve("data")));
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
  }

  @Test
  void holdsARunToTheManifestThatIsNamed() throws Exception {
    Path strategy = strategy("s.yaml");
    manifest("strict/comma-project.json", "{}");
    manifest("kind/comma-project.json", ALL);
    refuses(
        prepare("a", Optional.of(strategy), Optional.of("strict/comma-project.json")),
        FaultCode.INVALID_INPUT,
        "Not permitted by its project: "
            + strategy
            + ": agent \"a\": tool \"launch_strategy\" needs network: true, filesystem: write, shell: true, executesCode: true in the permissions of "
            + folder.resolve("strict/comma-project.json"));
    refuses(
        prepare("a", Optional.of(strategy), Optional.of("none.json")),
        FaultCode.NOT_FOUND,
        "Project manifest not found: " + folder.resolve("none.json"));
    runs.prepareRun(
        ALICE, prepare("a", Optional.of(strategy), Optional.of("kind/comma-project.json")));
  }

  @Test
  void holdsAContinuationToTheManifestOfTheLastTime() throws Exception {
    manifest("m.json", ALL);
    runs.prepareRun(ALICE, prepare("a", Optional.of(strategy("s.yaml")), Optional.of("m.json")));
    runs.startRun(ALICE, "a", Optional.of("x"), Optional.empty());
    assertThat(runs.await("a")).isPresent();
    manifest("m.json", "{}");
    refuses(
        prepare("a", Optional.empty(), Optional.empty()),
        FaultCode.INVALID_INPUT,
        "Not permitted by its project: ");
  }

  @Test
  void runsNoCodeOfAPackageThatWasNotApproved() throws Exception {
    manifest("data/packages/@a/b/comma-project.json", ALL);
    refuses(
        prepare("a", Optional.of(strategy("data/packages/@a/b/s.yaml")), Optional.empty()),
        FaultCode.INVALID_INPUT,
        "The package may not run code: ");
  }

  private Path strategy(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        name: s
        version: '1'
        agents: {a: {model: fake/echo, tools: [launch_strategy]}}
        flow: {type: sequential, name: f, steps: [{agent: a}]}
        """);
  }

  private void manifest(String name, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(
        file, "{\"name\":\"p\",\"version\":\"1\",\"permissions\":" + permissions + "}");
  }

  private PrepareRunOptions prepare(String id, Optional<Path> strategy, Optional<String> manifest) {
    return new PrepareRunOptions(
        Optional.of(id),
        strategy.map(Path::toString),
        Optional.empty(),
        Optional.of(folder.toString()),
        manifest);
  }

  private void refuses(PrepareRunOptions request, FaultCode code, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> runs.prepareRun(ALICE, request))
        .withMessageContaining(message)
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
