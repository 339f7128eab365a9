package com.commaagents.tools.process;

import static com.commaagents.engine.event.ToolOutput.Stream.STDERR;
import static com.commaagents.engine.event.ToolOutput.Stream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.engine.event.ToolOutput.Stream;
import com.commaagents.engine.tool.LiveOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of a command while it runs, by real commands.
@Timeout(60)
class LiveOutputTest {
  private record Piece(Stream stream, String text) {}

  private final CommandRunner runner =
      new CommandRunner(
          Clock.system(),
          IdGenerator.random(),
          new CommandEnvironment(Map.of("PATH", "/usr/bin:/bin"), Set.of(), IdGenerator.random()),
          Confinement.none(),
          Path.of("/"));
  private final List<Piece> told = new CopyOnWriteArrayList<>();
  private Path folder = Path.of("");

  @BeforeEach
  void findFolder(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
  }

  @AfterEach
  void close() {
    runner.close();
  }

  private CommandResult run(String command) throws IOException, InterruptedException {
    return run(command, (stream, text) -> told.add(new Piece(stream, text)));
  }

  private CommandResult run(String command, LiveOutput live)
      throws IOException, InterruptedException {
    return runner.run(
        new CommandRunner.Request(command, folder, Map.of(), Duration.ofSeconds(50)), live);
  }

  private String told(Stream stream) {
    return told.stream()
        .filter(piece -> piece.stream() == stream)
        .map(Piece::text)
        .collect(Collectors.joining());
  }

  /// Runs a command in which `wait_until N` waits until N pieces have been told.
  private CommandResult runInStep(String command) throws IOException, InterruptedException {
    return run(
        "wait_until() { until [ -e told$1 ]; do sleep 0.01; done; }; " + command,
        (stream, text) -> {
          told.add(new Piece(stream, text));
          try {
            Files.createFile(folder.resolve("told" + told.size()));
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  @Test
  void tellsALineBeforeTheCommandGoesOn() throws Exception {
    CommandResult result = runInStep("for i in 1 2 3; do echo $i; wait_until $i; done");

    assertThat(told)
        .containsExactly(
            new Piece(STDOUT, "1\n"), new Piece(STDOUT, "2\n"), new Piece(STDOUT, "3\n"));
    assertThat(result.stdout().text()).isEqualTo("1\n2\n3\n");
  }

  @Test
  void tellsACharacterWholeWhoseBytesComeApart() throws Exception {
    runInStep(
        "printf 'gr\\303'; wait_until 1; printf '\\274\\360\\237'; wait_until 2; printf '\\230\\200!'");

    assertThat(told)
        .containsExactly(new Piece(STDOUT, "gr"), new Piece(STDOUT, "ü"), new Piece(STDOUT, "😀!"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "printf 'no end'",
        "printf '\\n'",
        "echo out; echo err >&2",
        "printf '\\377\\376 bad \\303\\050 bytes \\303'",
        "printf '\\303'; sleep 0.1; printf '\\050'; printf '\\360\\237\\230' >&2",
        "head -c 1048575 /dev/zero | tr '\\0' x; printf 'äö'",
        "head -c 65535 /dev/zero | tr '\\0' x; echo",
        "head -c 65534 /dev/zero | tr '\\0' x; printf '\\n\\n'",
        "head -c 3000000 /dev/urandom",
        "seq 1 200000 & seq 1 200000 >&2; wait",
      })
  void tellsExactlyWhatTheResultSays(String command) throws Exception {
    CommandResult result = run(command);

    assertThat(told(STDOUT)).isEqualTo(result.stdout().text());
    assertThat(told(STDERR)).isEqualTo(result.stderr().text());
  }

  @Test
  void gathersAFloodIntoFewPieces() throws Exception {
    run("yes | head -c 5000000");

    assertThat(told(STDOUT)).hasSize(OutputCapture.MAX_BYTES);
    assertThat(told).extracting(piece -> piece.text().length()).allMatch(LiveOutputTest::fits);
    // Most are full: reading is no faster than the pause at most a few times.
    assertThat(told).hasSizeLessThan(2 * OutputCapture.MAX_BYTES / LiveText.MAX_PIECE_BYTES);
  }

  private static boolean fits(int length) {
    return length > 0 && length <= LiveText.MAX_PIECE_BYTES;
  }

  @Test
  void gathersManySmallWritesForAWhile() throws Exception {
    long start = System.nanoTime();
    run("for i in $(seq 1 100); do echo $i; sleep 0.005; done");
    long pauses = (System.nanoTime() - start) / LiveText.PAUSE.toNanos();

    assertThat(told).hasSizeBetween(1, (int) pauses + 2);
  }

  @Test
  void tellsWhatCameBeforeTheTimeWasOver() throws Exception {
    CommandResult result =
        runner.run(
            new CommandRunner.Request(
                "printf 'half a line'; sleep 60", folder, Map.of(), Duration.ofMillis(300)),
            (stream, text) -> told.add(new Piece(stream, text)));

    assertThat(result.ending()).isEqualTo(new CommandResult.Ending.TimedOut());
    assertThat(told).containsExactly(new Piece(STDOUT, "half a line"));
  }

  @Test
  void endsAtOnceWhenItIsInterruptedWhileItTells() {
    assertThatThrownBy(() ->
            run(
                "yes",
                (stream, text) -> {
                  told.add(new Piece(stream, text));
                  Thread.currentThread().interrupt();
                }))
        .isInstanceOf(InterruptedException.class);
    assertThat(told).hasSizeLessThan(20);
  }
}
