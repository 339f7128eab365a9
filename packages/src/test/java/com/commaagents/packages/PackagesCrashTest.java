package com.commaagents.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.packages.Packages.PackageInfo;
import com.commaagents.packages.testing.TestRegistry;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed while it changes packages, at any moment.
@Timeout(120)
final class PackagesCrashTest {
  private static final int ROUNDS = 8;

  @TempDir Path temporary;

  @Test
  void hasOneWholeVersionAndNothingElseAfterEveryDeath() throws Exception {
    Path data = temporary.toRealPath().resolve("data");
    Path[] registries = {registry("1.0"), registry("1.1")};
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      killed(data, registries, 1 + random.nextInt(5), random.nextInt(4_000_000));
      Packages packages = Packages.of(data, Optional.empty(), IdGenerator.random());
      packages.recover();
      List<PackageInfo> installed = packages.list().installed();
      assertThat(installed).hasSize(1);
      PackageInfo one = installed.getFirst();
      assertThat(one.codeApproved()).isTrue();
      assertThat(one.folder().resolve("version.txt")).hasContent(one.version());
      assertThat(
              new StrategyLoader(data)
                  .check(one.folder().resolve("strategies/main.json"), LoadRequest.FILE_ONLY))
          .isInstanceOf(LoadResult.Loaded.class);
      assertThat(data.resolve("packages/.incoming")).doesNotExist();
      assertThat(data.resolve("package-approvals.json"))
          .hasContent("{\"@a/b\":[\"" + one.sha256().orElseThrow() + "\"]}");
    }
  }

  private Path registry(String version) throws IOException {
    TestRegistry registry = new TestRegistry(temporary.toRealPath().resolve(version));
    String permissions = "{\"shell\":true}";
    registry.publish(
        "@a/b",
        version,
        permissions,
        TestRegistry.project("@a/b", version, permissions, "run_command")
            .add("version.txt", version));
    return registry.folder();
  }

  /// @param updates it makes before it is killed, and then how long it still has
  private static void killed(Path data, Path[] registries, int updates, int nanos)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PackageUpdates.class.getName(),
                data.toString(),
                registries[0].toString(),
                registries[1].toString())
            .redirectError(data.resolveSibling("updates.log").toFile())
            .start();
    try (BufferedReader said = process.inputReader()) {
      for (int i = 0; i < updates; i++) {
        assertThat(said.readLine()).startsWith("1.");
      }
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
