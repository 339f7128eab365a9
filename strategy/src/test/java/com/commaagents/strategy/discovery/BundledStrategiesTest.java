package com.commaagents.strategy.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundledStrategiesTest {
  @TempDir Path folder;

  @Test
  void areFoundByNameBehindAllOthers() throws IOException {
    Path data = folder.resolve("data");
    BundledStrategies.layInto(data);
    Files.createDirectories(data.resolve("strategies"));
    Files.writeString(
        data.resolve("strategies/mine.yaml"),
        """
        name: plan
        version: "1"
        agents: {a: {model: x/y}}
        flow: {name: m, type: sequential, steps: [{agent: a}]}
        """);

    Catalogue found = new StrategyDiscovery(new StrategyLoader(), data).discover(folder);

    assertThat(found.warnings()).isEmpty();
    assertThat(found.strategies())
        .extracting(FoundStrategy::name)
        .containsExactly("plan", "build", "chat", "review");
    assertThat(found.find("plan").orElseThrow().origin()).isEqualTo(Origin.DATA_FOLDER);
    assertThat(found.find("chat").orElseThrow().origin()).isEqualTo(Origin.BUNDLED);
    assertThat(found.strategies().subList(1, 4))
        .allSatisfy(strategy -> assertThat(strategy.description()).isPresent());
  }

  @Test
  void areWrittenAnewOnlyWhereTheyDiffer() throws IOException {
    BundledStrategies.layInto(folder);
    Path plan = BundledStrategies.in(folder).resolve("plan.yaml");
    Path chat = BundledStrategies.in(folder).resolve("chat.yaml");
    String original = Files.readString(plan);
    Files.writeString(plan, original.replace("plan", "PLAN"));
    FileTime longAgo = FileTime.fromMillis(1);
    Files.setLastModifiedTime(chat, longAgo);

    BundledStrategies.layInto(folder);

    assertThat(plan).hasContent(original);
    assertThat(Files.getLastModifiedTime(chat)).isEqualTo(longAgo);
  }

  @Test
  void lieWhereNobodyElseCanReachThem() throws IOException {
    Path data = folder.resolve("new");
    BundledStrategies.layInto(data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    try (var files = Files.list(BundledStrategies.in(data))) {
      assertThat(files.toList())
          .hasSize(8)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }
}
