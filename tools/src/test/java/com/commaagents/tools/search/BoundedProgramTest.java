package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.search.BoundedProgram.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BoundedProgramTest {
  @TempDir Path folder;

  @Test
  void tellsHowAProgramEndedAndWhatItSaid() throws Exception {
    assertThat(run("printf 'a\\0b\\377'; echo no >&2; exit 7", 1))
        .contains(new Said(7, "a\0b\u00FF", "no\n"));
  }

  @Test
  void givesItNoInputAndNoEnvironmentAndTheFolder() throws Exception {
    assertThat(run("cat; env | grep -c HOME; pwd", 0).orElseThrow().output())
        .isEqualTo("0\n" + folder.toRealPath() + "\n");
  }

  @Test
  void takesSoMuchAndNoMore() throws Exception {
    assertThat(run(bytes(BoundedProgram.MAX_OUTPUT_BYTES), 0)).isPresent();
    assertThat(run(bytes(BoundedProgram.MAX_OUTPUT_BYTES + 1), 0)).isEmpty();
    assertThat(run(bytes(BoundedProgram.MAX_ERROR_BYTES) + " >&2", 0)).isPresent();
    assertThat(run(bytes(BoundedProgram.MAX_ERROR_BYTES + 1) + " >&2", 0)).isEmpty();
    assertThat(run("head -c 5 /dev/zero", 5)).isPresent();
    assertThat(run("head -c 6 /dev/zero", 5)).isEmpty();
  }

  private static String bytes(int count) {
    return "{ head -c " + count + " /dev/zero | tr '\\0' a; }";
  }

  @Test
  void isPatientForThreeSecondsAndEndsWithTheSearch() throws Exception {
    long start = System.nanoTime();
    assertThat(run("exec sleep 600", 0)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(BoundedProgram.PATIENCE, Duration.ofSeconds(30));

    TimeLimit over = new TimeLimit(Clock.system(), Duration.ofMillis(1));
    assertThatThrownBy(() -> run("exec sleep 600", 0, over)).isInstanceOf(TimeLimit.Stopped.class);
  }

  @Test
  void failsWhereThereIsNoSuchProgram() {
    assertThatThrownBy(() -> program(Duration.ofMinutes(1)).run(List.of("/nowhere/rg"), folder, 0))
        .isInstanceOf(IOException.class);
  }

  private Optional<Said> run(String script, int mostEntries) throws Exception {
    return run(script, mostEntries, new TimeLimit(Clock.system(), Duration.ofMinutes(1)));
  }

  private Optional<Said> run(String script, int mostEntries, TimeLimit time) throws Exception {
    return new BoundedProgram(Clock.system(), time)
        .run(List.of("/bin/sh", "-c", script), folder, mostEntries);
  }

  private static BoundedProgram program(Duration time) {
    return new BoundedProgram(Clock.system(), new TimeLimit(Clock.system(), time));
  }
}
