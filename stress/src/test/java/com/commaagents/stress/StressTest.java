package com.commaagents.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Has jcstress run every stress test in processes of their own.
///
/// In a usual build each runs once, shortly. `-Dstress.mode=default` runs them in all of jcstress's
/// compilation modes, for some 25 minutes; its report lies in `target/jcstress`.
class StressTest {
  private static final String USUAL = "sanity";
  private static final List<String> ONE_JVM_MODE =
      List.of("-sc", "false", "-af", "NONE", "-jvmArgs", "-XX:+UseSerialGC -Xmx256m");
  private static final int LEAST_TESTS = 15;
  private static final Pattern RESULTS =
      Pattern.compile(
          "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard"
              + " errs");

  @Test
  void nothingForbiddenHappens() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target", "jcstress").toAbsolutePath());
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(System.getProperty("stress.mode", USUAL)))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();

    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(exit).as(said).isZero();
    MatchResult results = last(said);
    int planned = Integer.parseInt(results.group(1));
    assertThat(planned).as(said).isGreaterThanOrEqualTo(LEAST_TESTS);
    assertThat(results.group()).as(said).isEqualTo(allPassed(planned));
  }

  private static String allPassed(int planned) {
    return "Results: %d planned; %d passed, 0 failed, 0 soft errs, 0 hard errs"
        .formatted(planned, planned);
  }

  private static MatchResult last(String said) {
    Matcher matcher = RESULTS.matcher(said);
    List<MatchResult> all = matcher.results().toList();
    assertThat(all).as(said).isNotEmpty();
    return all.getLast();
  }

  private static List<String> command(String mode) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.openjdk.jcstress.Main",
                "-m",
                mode,
                "-r",
                "report"));
    if (mode.equals(USUAL)) {
      command.addAll(ONE_JVM_MODE);
    }
    return command;
  }
}
