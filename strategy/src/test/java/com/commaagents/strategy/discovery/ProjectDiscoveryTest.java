package com.commaagents.strategy.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectDiscoveryTest {
  @TempDir private Path temporary;
  private Path root;
  private StrategyDiscovery discovery;

  @BeforeEach
  void resolveRoot() throws IOException {
    root = temporary.toRealPath();
    discovery = new StrategyDiscovery(new StrategyLoader(), root.resolve("data"));
  }

  @Test
  void findsProjectsInAllPlacesInOrder() throws IOException {
    List<Path> files =
        List.of(
            project("work/.comma/strategies/sub", "sub", "{}", "todo_get"),
            project("work/.comma", "own", "{}", "todo_get"),
            project("data/strategies/far", "far", "{}", "todo_get"),
            project("data/packages/@a/b", "@a/b", "{}", "todo_get"));
    Catalogue catalogue = discovery.discover(root.resolve("work"));
    assertThat(catalogue)
        .isEqualTo(
            new Catalogue(
                List.of(
                    found("sub/main", files.get(0), Origin.WORKSPACE),
                    found("own/main", files.get(1), Origin.WORKSPACE),
                    found("far/main", files.get(2), Origin.DATA_FOLDER),
                    found("@a/b/main", files.get(3), Origin.PACKAGE)),
                List.of()));
    assertThat(discovery.locate("@a/b/main", root.resolve("work"))).isEqualTo(files.get(3));
  }

  @Test
  void findsMorePackagesOfAScopeThanProjectsOfAFolder() throws IOException {
    for (int number = 0; number <= SubFolders.MAX_PROJECTS; number++) {
      project("data/packages/@a/p" + number, "@a/p" + number, "{}", "todo_get");
    }
    Catalogue catalogue = discovery.discover(root.resolve("work"));
    assertThat(catalogue.strategies()).hasSize(SubFolders.MAX_PROJECTS + 1);
    assertThat(catalogue.warnings()).isEmpty();
  }

  @Test
  void looksAtAPathOnce() throws IOException {
    Path file = project("work/.comma/strategies/sub", "sub", "{}", "todo_get");
    Files.writeString(
        root.resolve("work/.comma/comma-project.json"),
        manifest("own", "strategies/sub/main.json", "{}"));
    assertThat(discovery.discover(root.resolve("work")).strategies())
        .containsExactly(found("sub/main", file, Origin.WORKSPACE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read_file|filesystem: read",
        "edit_file|filesystem: write",
        "run_command|shell: true",
        "webfetch|network: true",
        "launch_strategy|network: true, filesystem: write, shell: true, executesCode: true",
        "of_a_plug_in|network: true, filesystem: write, shell: true, executesCode: true"
      })
  void refusesToolsThatAreNotPermittedHoweverTheFileIsLoaded(String tool, String missing)
      throws IOException {
    Path file = project("work/.comma", "own", "{}", tool);
    String message =
        "Not permitted by its project: %s: agent \"a\": tool \"%s\" needs %s in the permissions of %s"
            .formatted(file, tool, missing, file.resolveSibling("comma-project.json"));
    assertThat(discovery.discover(root.resolve("work")))
        .isEqualTo(new Catalogue(List.of(), List.of(new Warning(file, message))));
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> new StrategyLoader().load(file, LoadRequest.FILE_ONLY))
        .withMessage(message);
  }

  @Test
  void letsWritingIncludeReadingAndNotTheOtherWayRound() throws IOException {
    project("work/.comma", "own", "{\"filesystem\":\"write\"}", "read_file");
    assertThat(discovery.discover(root.resolve("work")).warnings()).isEmpty();
    project("work/.comma", "own", "{\"filesystem\":\"read\"}", "write_file");
    assertThat(discovery.discover(root.resolve("work")).warnings()).hasSize(1);
  }

  @Test
  void grantsNoMoreThanTheProjectFurtherUp() throws IOException {
    project("data/packages/@a/b", "@a/b", "{}", "todo_get");
    Path inner = project("data/packages/@a/b/inner", "inner", "{\"shell\":true}", "run_command");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> new StrategyLoader().load(inner, LoadRequest.FILE_ONLY))
        .withMessageContaining(
            "needs shell: true in the permissions of "
                + root.resolve("data/packages/@a/b/comma-project.json"));
  }

  @Test
  void permitsNothingWhereTheManifestIsBroken() throws IOException {
    Path file = project("work/.comma", "own", "{}", "todo_get");
    Files.writeString(file.resolveSibling("comma-project.json"), "{");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> new StrategyLoader().load(file, LoadRequest.FILE_ONLY))
        .withMessageStartingWith("Failed to parse project manifest: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.json",
        "/etc/passwd",
        "link.json",
        "linked/outside.json",
        "x/../../../outside.json"
      })
  void refusesPathsThatLeadOut(String path) throws IOException {
    Path folder = Files.createDirectories(root.resolve("work/.comma"));
    Path outside = Files.writeString(root.resolve("work/outside.json"), "{}");
    Files.createSymbolicLink(folder.resolve("link.json"), outside);
    Files.createSymbolicLink(folder.resolve("linked"), outside.getParent());
    Files.writeString(folder.resolve("comma-project.json"), manifest("own", path, "{}"));
    assertThat(discovery.discover(root.resolve("work")).warnings())
        .singleElement()
        .extracting(Warning::message)
        .asString()
        .endsWith(
            "strategies.main.path: leads out of the project; expected a relative path of a file in"
                + " its folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shell\":\"yes\"}",
        "{\"filesystem\":\"everything\"}",
        "{\"root\":true}",
        "[]",
        "{\"network\":true,\"network\":false}"
      })
  void refusesPermissionsThatAreNone(String permissions) throws IOException {
    project("work/.comma", "own", permissions, "todo_get");
    assertThat(discovery.discover(root.resolve("work")))
        .satisfies(catalogue -> {
          assertThat(catalogue.strategies()).isEmpty();
          assertThat(catalogue.warnings())
              .singleElement()
              .extracting(Warning::message)
              .asString()
              .startsWith("Invalid project manifest: ")
              .contains(": permissions");
        });
  }

  @Test
  void takesTheMostProjectsAndWarnsOfMore() throws IOException {
    for (int number = 0; number < SubFolders.MAX_PROJECTS; number++) {
      Files.createDirectory(root.resolve("p" + number));
    }
    assertThat(SubFolders.of(root, SubFolders.MAX_PROJECTS).warnings()).isEmpty();
    Files.createDirectory(root.resolve("one-more"));
    SubFolders scan = SubFolders.of(root, SubFolders.MAX_PROJECTS);
    assertThat(scan.folders()).hasSize(SubFolders.MAX_PROJECTS);
    assertThat(scan.warnings())
        .containsExactly(
            new Warning(root, "only 100 projects are looked at; move what is not needed"));
  }

  private static FoundStrategy found(String name, Path file, Origin origin) {
    return new FoundStrategy("main", name, Optional.of("about"), file, origin);
  }

  private Path project(String folder, String name, String permissions, String tool)
      throws IOException {
    Path made = Files.createDirectories(root.resolve(folder));
    Files.writeString(made.resolve("comma-project.json"), manifest(name, "main.json", permissions));
    return Files.writeString(
        made.resolve("main.json"),
        """
        { "name": "n", "version": "1", "agents": { "a": { "tools": [ "TOOL" ] } },
          "flow": { "type": "sequential", "name": "f", "steps": [ { "agent": "a" } ] } }
        """
            .replace("TOOL", tool));
  }

  private static String manifest(String name, String path, String permissions) {
    return """
    { "name": "NAME", "version": "1", "permissions": PERMISSIONS,
      "strategies": { "main": { "path": "PATH", "description": "about" } } }
    """
        .replace("NAME", name)
        .replace("PATH", path)
        .replace("PERMISSIONS", permissions);
  }
}
