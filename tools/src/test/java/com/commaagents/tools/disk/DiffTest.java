package com.commaagents.tools.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {
  private static Optional<String> diff(String before, String after) {
    return Diff.of(
        "f", before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
  }

  private static String lines(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + i + "\n").collect(Collectors.joining());
  }

  @Test
  void showsWhatChangedWithThreeLinesAround() {
    String before = lines("l", 10);

    assertThat(diff(before, before.replace("l5\n", "x\n")))
        .contains(
            """
            --- a/f
            +++ b/f
            @@ -3,7 +3,7 @@
             l2
             l3
             l4
            -l5
            +x
             l6
             l7
             l8
            """);
  }

  @Test
  void tellsAMissingNewlineAtTheEnd() {
    assertThat(diff("a\n", "a"))
        .contains(
            """
            --- a/f
            +++ b/f
            @@ -1,1 +1,1 @@
            -a
            +a
            \\ No newline at end of file
            """);
  }

  @Test
  void isAbsentWithoutAChangeAndForBinaries() {
    assertThat(diff("a", "a")).isEmpty();
    assertThat(diff("", "")).isEmpty();
    assertThat(diff("a", "\0")).isEmpty();
  }

  @Test
  void isCutAtItsLimit() {
    String cut = diff("", lines("a long line ", 10_000)).orElseThrow();

    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Diff.MAX_BYTES);
    assertThat(cut).endsWith("… the rest of the diff was cut\n");
    assertThat(diff("", lines("a", 100)).orElseThrow()).doesNotContain("cut");
  }

  @Test
  void doesNotCompareWhatWouldTakeForEver() {
    assertThat(diff(lines("a", 3000), lines("b", 3000)).orElseThrow())
        .startsWith("--- a/f\n+++ b/f\n@@ -1,3000 +1,3000 @@\n-a0\n");
    assertThat(diff(lines("a", 1500), lines("b", 1500))).isPresent();
  }
}
