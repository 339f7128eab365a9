package com.commaagents.strategy.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyDiscoveryTest {
  @TempDir private Path root;
  private Path work;
  private Path workspace;
  private Path data;
  private StrategyDiscovery discovery;

  @BeforeEach
  void makeFolders() throws IOException {
    work = root.resolve("work");
    workspace = Files.createDirectories(work.resolve(".comma/strategies"));
    data = Files.createDirectories(root.resolve("data/strategies"));
    discovery = new StrategyDiscovery(new StrategyLoader(), root.resolve("data"));
  }

  @Test
  void findsStrategiesNearestPlaceFirstAndByFileName() throws IOException {
    Path third = write(data, "a.yaml", "global");
    Path second = write(workspace, "b.yml", "second");
    Path first = write(workspace, "a.json", "first");
    assertThat(discovery.discover(work))
        .isEqualTo(
            new Catalogue(
                List.of(
                    found("a", "first", first, Origin.WORKSPACE),
                    found("b", "second", second, Origin.WORKSPACE),
                    found("a", "global", third, Origin.DATA_FOLDER)),
                List.of()));
  }

  @Test
  void letsTheNearerOfTwoOfOneNameWin() throws IOException {
    Path near = write(workspace, "near.yaml", "same");
    write(data, "far.yaml", "same");
    assertThat(discovery.discover(work))
        .isEqualTo(
            new Catalogue(List.of(found("near", "same", near, Origin.WORKSPACE)), List.of()));
  }

  @Test
  void warnsOfTwoOfOneNameInOnePlace() throws IOException {
    Path first = write(workspace, "a.yaml", "same");
    Path second = write(workspace, "b.yaml", "same");
    assertThat(discovery.discover(work))
        .isEqualTo(
            new Catalogue(
                List.of(found("a", "same", first, Origin.WORKSPACE)),
                List.of(new Warning(second, "the name \"same\" is taken by " + first))));
  }

  @Test
  void warnsOfBrokenFilesAndGoesOn() throws IOException {
    Path broken = Files.writeString(workspace.resolve("broken.yaml"), "name: [");
    Path invalid = Files.writeString(workspace.resolve("invalid.yaml"), "name: n\nversion: v\n");
    Path good = write(workspace, "good.yaml", "good");
    Catalogue catalogue = discovery.discover(work);
    assertThat(catalogue.strategies())
        .containsExactly(found("good", "good", good, Origin.WORKSPACE));
    assertThat(catalogue.warnings()).extracting(Warning::path).containsExactly(broken, invalid);
    assertThat(catalogue.warnings().getLast().message())
        .isEqualTo(
            "Strategy validation failed: "
                + invalid
                + " has 2 problems: invalid.yaml:1:1: agents: missing; expected an object of agents"
                + " by name");
  }

  @Test
  void passesOverFoldersHiddenFilesAndOtherFiles() throws IOException {
    Files.createDirectory(workspace.resolve("folder.yaml"));
    write(workspace, ".hidden.yaml", "hidden");
    Files.writeString(workspace.resolve("prompt.md"), "You write.");
    assertThat(discovery.discover(work)).isEqualTo(new Catalogue(List.of(), List.of()));
  }

  @Test
  void findsNothingWhereThereAreNoFolders() {
    assertThat(new StrategyDiscovery(new StrategyLoader(), root).discover(root))
        .isEqualTo(new Catalogue(List.of(), List.of()));
  }

  @Test
  void warnsOfAFolderThatIsNone() throws IOException {
    Path file =
        Files.createFile(Files.createDirectories(root.resolve("x/.comma")).resolve("strategies"));
    assertThat(discovery.discover(root.resolve("x")).warnings())
        .containsExactly(new Warning(file, "the folder cannot be listed"));
  }

  @Test
  void takesTheMostFilesAndWarnsOfMore() throws IOException {
    for (int number = 0; number < PlaceScan.MAX_FILES; number++) {
      Files.writeString(data.resolve(number + ".yaml"), "");
    }
    assertThat(PlaceScan.of(new Place.Folder(data, Origin.DATA_FOLDER)).warnings()).isEmpty();
    Files.writeString(data.resolve("one-more.yaml"), "");
    PlaceScan scan = PlaceScan.of(new Place.Folder(data, Origin.DATA_FOLDER));
    assertThat(scan.files()).hasSize(PlaceScan.MAX_FILES);
    assertThat(scan.warnings())
        .containsExactly(
            new Warning(
                data,
                "only 200 strategies of 10000 entries are looked at; move what is not needed"));
  }

  @Test
  void locatesByNameThenByFileName() throws IOException {
    Path one = write(workspace, "two.yaml", "one");
    Path two = write(workspace, "x.yaml", "two");
    assertThat(discovery.locate("one", work)).isEqualTo(one);
    assertThat(discovery.locate("two", work)).isEqualTo(two);
    assertThat(discovery.locate("x", work)).isEqualTo(two);
  }

  @Test
  void takesPathsAsTheyAre() {
    assertThat(discovery.locate("missing.yaml", work)).isEqualTo(work.resolve("missing.yaml"));
    assertThat(discovery.locate("sub/strategy", work)).isEqualTo(work.resolve("sub/strategy"));
    assertThat(discovery.locate("/a/b.json", work)).isEqualTo(Path.of("/a/b.json"));
  }

  @Test
  void saysWhatThereIsWhereANameIsUnknown() throws IOException {
    write(workspace, "a.yaml", "review");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> discovery.locate("reviev", work))
        .satisfies(fault -> {
          assertThat(fault.code()).isEqualTo(FaultCode.NOT_FOUND);
          assertThat(fault.message())
              .isEqualTo(
                  "No strategy named \"reviev\"; did you mean \"review\"? (looked in "
                      + workspace
                      + " and "
                      + data
                      + "; a file is named with its extension)");
        });
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> discovery.locate("a\0b", work))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT));
  }

  private static FoundStrategy found(String id, String name, Path file, Origin origin) {
    return new FoundStrategy(id, name, Optional.of("about " + name), file, origin);
  }

  private static Path write(Path folder, String fileName, String name) throws IOException {
    return Files.writeString(
        folder.resolve(fileName),
        """
        { "name": "NAME", "version": "1", "description": "about NAME",
          "agents": { "a": { "tools": [ "any" ] } },
          "flow": { "type": "sequential", "name": "f", "steps": [ { "agent": "a" } ] } }
        """
            .replace("NAME", name));
  }
}
