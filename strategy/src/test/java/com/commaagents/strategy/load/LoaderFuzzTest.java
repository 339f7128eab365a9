package com.commaagents.strategy.load;

import static com.commaagents.strategy.load.LoadFixture.resource;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.commaagents.base.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Damaged files give a strategy or a fault, and nothing else. The seed of a failure is in its
/// message; the loop is bounded by its rounds, not by time.
class LoaderFuzzTest {
  private static final int ROUNDS = 600;
  private static final byte[] TELLING =
      "{}[]:,\"'\\#&*!|>%@`-?~ \t\n\r\0\u007f09.eE+_\u00e9".getBytes(UTF_8);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "complete.yaml, x.yaml",
    "complete.json, x.json",
    "small.jsonc, x.jsonc",
    "complete.json, x.yml"
  })
  void givesAStrategyOrAFaultWhateverTheDamage(String original, String fileName)
      throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] valid = resource(original).getBytes(UTF_8);
    Path file = folder.resolve(fileName);
    StrategyLoader loader = new StrategyLoader();
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(file, damage(valid, random));
      try {
        loader.load(file, LoadFixture.REQUEST);
      } catch (Fault expected) {
        if (expected.message().isEmpty()) {
          throw new AssertionError("seed " + seed + ", round " + round + ": no message");
        }
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
        throw new AssertionError("seed " + seed + ", round " + round, other);
      }
    }
  }

  private static byte[] damage(byte[] valid, Random random) {
    byte[] content = valid;
    for (int change = random.nextInt(4); change >= 0 && content.length > 0; change--) {
      int at = random.nextInt(content.length);
      content =
          switch (random.nextInt(6)) {
            case 0 -> flip(content, at, 1 << random.nextInt(8));
            case 1 -> splice(content, at, at, new byte[] {TELLING[random.nextInt(TELLING.length)]});
            case 2 ->
                splice(content, at, Math.min(content.length, at + random.nextInt(20)), new byte[0]);
            case 3 ->
                splice(
                    content,
                    at,
                    at,
                    Arrays.copyOfRange(valid, at / 2, at / 2 + random.nextInt(30)));
            case 4 -> flip(content, at, random.nextInt(256));
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(content, at + 1) : content;
          };
      content = content.length == 0 ? valid : content;
    }
    return content;
  }

  private static byte[] flip(byte[] content, int at, int mask) {
    byte[] result = content.clone();
    result[at] ^= (byte) mask;
    return result;
  }

  private static byte[] splice(byte[] content, int from, int to, byte[] with) {
    byte[] result = Arrays.copyOf(content, from + with.length + content.length - to);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(content, to, result, from + with.length, content.length - to);
    return result;
  }
}
