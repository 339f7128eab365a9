package com.commaagents.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final int MAX_LINES = 500;
  // In pieces, so that this file is not among what it finds.
  private static final Pattern SLEEP = Pattern.compile("Thread\\." + "sleep\\(");
  private static final Pattern SKIP =
      Pattern.compile("@" + "Disabled|Assumptions\\.|assume" + "That\\(");
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
  private static final Pattern BROAD =
      Pattern.compile("catch \\((Exception|Throwable|RuntimeException|Error) ");

  /// Where whatever goes wrong is caught, and why that is the right place.
  private static final Map<String, String> BROAD_CATCHES =
      Map.ofEntries(
          Map.entry("SessionEndpoint.java", "session loop"),
          Map.entry("ListenerThread.java", "session loop"),
          Map.entry("Segment.java", "run scope"),
          Map.entry("Cleanup.java", "run scope"),
          Map.entry("ToolCaller.java", "a plug-in's tool within the run scope"),
          Map.entry("CustomAgent.java", "a plug-in's agent within the run scope"),
          Map.entry("CustomSteps.java", "a plug-in's flow within the run scope"),
          Map.entry("HookChain.java", "a plug-in's hook within the run scope"),
          Map.entry("Templates.java", "a library that throws whatever its parts throw"),
          Map.entry("LinuxCalls.java", "a native function, whose handle declares every failure"),
          Map.entry("LinuxFiles.java", "the same"),
          Map.entry("CommandLineProgram.java", "main"),
          Map.entry("TaskScope.java", "hands every failure of a fork to its parent"));

  @Test
  void testsWaitForConditionsNotForTheClock() throws IOException {
    assertThat(found("/src/test/", SLEEP)).isEmpty();
  }

  @Test
  void noTestIsSkipped() throws IOException {
    assertThat(found("/src/test/", SKIP)).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    assertThat(found("/src/", UNFINISHED)).isEmpty();
  }

  @Test
  void onlyNamedPlacesCatchEverything() throws IOException {
    assertThat(found("/src/main/", BROAD))
        .allSatisfy(place ->
            assertThat(BROAD_CATCHES.keySet())
                .contains(place.substring(place.lastIndexOf('/') + 1, place.indexOf(':'))));
  }

  @Test
  void filesStayShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : JavaSources.all()) {
      try (var lines = Files.lines(file)) {
        if (lines.count() > MAX_LINES) {
          tooLong.add(file.toString());
        }
      }
    }
    assertThat(tooLong).filteredOn(file -> !file.endsWith("Test.java")).isEmpty();
  }

  @Test
  void everyPackageHasItsCharter() throws IOException {
    List<Path> without = new ArrayList<>();
    for (Path file : JavaSources.all()) {
      Path folder = file.getParent();
      if (folder != null
          && file.toString().contains("/src/main/")
          && !Files.exists(folder.resolve("package-info.java"))
          && !isExample(file)) {
        without.add(folder);
      }
    }
    assertThat(Set.copyOf(without)).isEmpty();
  }

  private static boolean isExample(Path file) {
    return JavaSources.root().relativize(file).startsWith("examples");
  }

  private static List<String> found(String where, Pattern wanted) throws IOException {
    List<String> places = new ArrayList<>();
    for (Path file : JavaSources.all()) {
      if (!file.toString().contains(where)) {
        continue;
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (wanted.matcher(lines.get(i)).find()) {
          places.add(file + ":" + (i + 1));
        }
      }
    }
    return places;
  }
}
