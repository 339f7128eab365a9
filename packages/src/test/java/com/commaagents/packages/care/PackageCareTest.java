package com.commaagents.packages.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.packages.Packages;
import com.commaagents.packages.registry.Download;
import com.commaagents.packages.registry.Registry;
import com.commaagents.packages.registry.RegistryAddress;
import com.commaagents.packages.testing.TestRegistry;
import com.commaagents.strategy.installed.PackageReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageCareTest {
  private static final String AGAIN = "comma packages remove @a/b, then install it again";

  @TempDir Path temporary;
  private Path data;
  private Path place;
  private PackageCare care;

  @BeforeEach
  void install() throws Exception {
    temporary = temporary.toRealPath();
    data = temporary.resolve("data");
    place = data.resolve("packages/@a/b");
    care = new PackageCare(data);
    assertThat(care.examine(true)).isEmpty();
    TestRegistry registry = new TestRegistry(temporary.resolve("registry"));
    registry.publish("@a/b", "1.0", "{\"shell\":true}", "run_command");
    RegistryAddress address = new RegistryAddress.Folder(registry.folder());
    Packages.of(data, Optional.of(new Registry(address, new Download())), IdGenerator.random())
        .install("@a/b", Optional.empty(), true);
  }

  @Test
  void findsNothingWrongWithWhatWasInstalled() {
    assertThat(care.examine(true)).isEmpty();
    assertThat(care.count()).isEqualTo(1);
  }

  @Test
  void findsFilesThatAreNotThoseThatWereInstalled() throws IOException {
    List<PackageFinding> changed =
        List.of(
            PackageFinding.forPerson(place, "its files are not those that were installed", AGAIN));
    Path strategy = place.resolve("strategies/main.json");
    String was = Files.readString(strategy);
    Files.writeString(strategy, was + " ");
    assertThat(care.examine(true)).isEqualTo(changed);
    Files.writeString(strategy, was);
    assertThat(care.examine(true)).isEmpty();
    Path more = Files.createSymbolicLink(place.resolve("more"), strategy);
    assertThat(care.examine(true)).isEqualTo(changed);
    Files.delete(more);
    Files.move(strategy, place.resolve("strategies/other.json"));
    assertThat(care.examine(true)).contains(changed.getFirst());
  }

  @Test
  void takesAnEarlierRecordWithoutAChecksumForGood() throws IOException {
    PackageReceipt receipt = PackageReceipt.in(place).orElseThrow();
    assertThat(receipt.content()).isPresent();
    PackageReceipt earlier =
        new PackageReceipt(receipt.name(), receipt.version(), receipt.sha256());
    Files.write(place.resolve(PackageReceipt.FILE_NAME), earlier.json());
    Files.writeString(place.resolve("more"), "x");
    assertThat(care.examine(true)).isEmpty();
  }

  @Test
  void findsARecordThatCannotBeUsedAndAManifestThatIsWrong() throws IOException {
    Files.writeString(place.resolve(PackageReceipt.FILE_NAME), "{}");
    Files.writeString(
        place.resolve("comma-project.json"), "{\"name\":\"@a/c\",\"version\":\"1.0\"}");
    assertThat(care.examine(true))
        .extracting(PackageFinding::what)
        .containsExactly(
            "its manifest has the name \"@a/c\"",
            ".comma-package.json cannot be read or is of another package; nothing of it may run"
                + " code",
            "approves an archive of \"@a/b\" that is not installed");
    Files.writeString(place.resolve("comma-project.json"), "{");
    assertThat(care.examine(true).getFirst().what()).contains("comma-project.json");
  }

  @Test
  void findsFoldersThatNoPackageCanHave() throws IOException {
    Path plain = Files.createDirectories(data.resolve("packages/plain"));
    Path upper = Files.createDirectories(data.resolve("packages/@a/B"));
    assertThat(care.examine(true))
        .extracting(PackageFinding::where)
        .containsExactlyInAnyOrder(plain, upper);
  }

  @Test
  void undoesWhatIsHalfDoneAndForgetsApprovalsOfWhatIsNotThere() throws Exception {
    Path half = Files.createDirectories(data.resolve("packages/.incoming/work/x"));
    Files.createDirectories(data.resolve("packages/.incoming/aside/@a"));
    Files.move(place, data.resolve("packages/.incoming/aside/@a/b"));
    Path approvals = data.resolve("package-approvals.json");
    String good = Files.readString(approvals);
    Files.writeString(approvals, good.replace("{", "{\"@x/y\":[\"" + "f".repeat(64) + "\"],"));
    assertThat(care.examine(true))
        .extracting(PackageFinding::repairable)
        .containsExactly(true, true, true);
    // A daemon may be at work there.
    assertThat(care.examine(false)).hasSize(2);

    care.repair();
    assertThat(half).doesNotExist();
    assertThat(care.examine(true)).isEmpty();
    assertThat(place).isDirectory();
    assertThat(approvals).hasContent(good);
  }
}
