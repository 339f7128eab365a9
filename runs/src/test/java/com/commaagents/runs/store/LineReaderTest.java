package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.runs.fakes.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final int BUFFER = 64 << 10;

  private record Read(
      long offset, long length, String start, boolean terminated, boolean tooLong) {}

  @Test
  void readsNothingFromNothing() throws IOException {
    assertThat(read(new byte[0], 10)).isEmpty();
  }

  @Test
  void readsEmptyLinesAndALastOneWithoutEnd() throws IOException {
    assertThat(read("\n\na".getBytes(java.nio.charset.StandardCharsets.UTF_8), 10))
        .containsExactly(
            new Read(0, 0, "", true, false),
            new Read(1, 0, "", true, false),
            new Read(2, 1, "a", false, false));
  }

  @Test
  void endsWhereTheFileEndedFirstEvenWhenItGrowsMeanwhile() throws IOException {
    InputStream growing =
        new InputStream() {
          private int reads;

          @Override
          public int read() {
            throw new AssertionError("reads in blocks");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            byte[] part =
                switch (reads++) {
                  case 0 -> new byte[] {'a', '\n', 'b'};
                  case 1 -> new byte[0];
                  default -> new byte[] {'c', '\n'};
                };
            System.arraycopy(part, 0, into, offset, part.length);
            return part.length == 0 ? -1 : part.length;
          }
        };
    LineReader lines = new LineReader(growing, 10);
    assertThat(lines.next()).isNotNull();
    LineReader.Line torn = lines.next();
    assertThat(torn).isNotNull();
    assertThat(torn.terminated()).isFalse();
    assertThat(lines.next()).isNull();
  }

  @Test
  void findsTheLinesWhateverTheirLengths() throws IOException {
    long seed = Seeds.of("runs.lines.seed", 3);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      int limit = round % 3 == 0 ? BUFFER : 1 + random.nextInt(3 * BUFFER);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      List<Read> expected = new ArrayList<>();
      int lines = random.nextInt(6);
      for (int i = 0; i < lines; i++) {
        boolean terminated = i < lines - 1 || random.nextBoolean();
        int length = length(random, limit);
        if (terminated || length > 0) {
          expected.add(line(file, i, length, terminated, limit));
        }
      }
      assertThat(read(file.toByteArray(), limit))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private static Read line(
      ByteArrayOutputStream file, int index, int length, boolean terminated, int limit) {
    Read line =
        new Read(
            file.size(),
            length,
            length == 0 || length > limit ? "" : String.valueOf((char) ('a' + index)),
            terminated,
            length > limit);
    for (int i = 0; i < length; i++) {
      file.write('a' + index);
    }
    if (terminated) {
      file.write('\n');
    }
    return line;
  }

  /// Mostly next to a limit, or to the size of a buffer.
  private static int length(RandomGenerator random, int limit) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> limit + random.nextInt(3) - 1;
      case 2 -> BUFFER + random.nextInt(3) - 1;
      case 3 -> 2 * BUFFER + random.nextInt(3) - 1;
      default -> random.nextInt(200);
    };
  }

  private static List<Read> read(byte[] file, int limit) throws IOException {
    List<Read> all = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(file)) {
      LineReader reader = new LineReader(in, limit);
      for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (!line.tooLong()) {
          assertThat(line.bytes()).hasSize((int) line.length());
        }
        all.add(
            new Read(
                line.offset(),
                line.length(),
                line.tooLong() || line.length() == 0 ? "" : String.valueOf((char) line.bytes()[0]),
                line.terminated(),
                line.tooLong()));
      }
    }
    return all;
  }
}
