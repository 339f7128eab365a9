package com.commaagents.runs.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCareTest {
  private static final byte[] SOUND = Damaged.fixture("completed");

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = temporary.resolve("runs");
    try (FileRunStore _ = FileRunStore.open(folder, "the test")) {
      put("sound.jsonl", SOUND);
    }
  }

  @Test
  void findsNothingWrongWithAFolderThatIsNotThereOrSound() throws Exception {
    assertThat(new StoreCare(temporary.resolve("none")).examine(_ -> false))
        .isEqualTo(new StoreCare.Report(0, List.of()));
    put("sound.config.json", Damaged.bytes("{}"));
    assertThat(examine()).isEqualTo(new StoreCare.Report(1, List.of()));
  }

  @Test
  void saysWhatIsWrongWithEachFile() throws Exception {
    put("torn.jsonl", Arrays.copyOf(SOUND, SOUND.length + 3));
    put("a b.jsonl", SOUND);
    put("runs.journal.kept-1", new byte[] {1});
    put("runs.journal", new byte[] {1});
    put("open.jsonl", SOUND);
    mode("open.jsonl", "rw-r--r--");
    Files.createDirectory(folder.resolve("folder.jsonl"));
    mode("", "rwxr-xr-x");
    put("closed.jsonl", SOUND);
    mode("closed.jsonl", "r--------");

    assertThat(examine().findings())
        .extracting(finding -> name(finding.file()) + " " + finding.kind().label())
        .containsExactlyInAnyOrder(
            "runs open-to-others",
            "runs.journal journal-left",
            "a b.jsonl no-run-id",
            "closed.jsonl open-to-others",
            "folder.jsonl no-file",
            "open.jsonl open-to-others",
            "runs.journal.kept-1 journal-kept",
            "torn.jsonl torn-tail");
  }

  @Test
  void repairsWhatCanBeAndKeepsTheOriginalWhichIsNoRun() throws Exception {
    byte[] damaged =
        Damaged.bytes("x\n" + new String(SOUND, java.nio.charset.StandardCharsets.UTF_8));
    put("bad.jsonl", damaged);
    put("unfinished.jsonl", Damaged.fixture("unfinished"));
    mode("bad.jsonl", "rw-rw-rw-");
    mode("", "rwxrwxrwx");
    try (StoreFolder held = StoreFolder.take(folder, "the doctor")) {
      StoreCare.Repair repair = new StoreCare(folder).repair(held, Damaged.NOW);
      assertThat(repair.failures()).isEmpty();
      assertThat(repair.originals())
          .containsExactly(
              folder.resolve("bad.jsonl.damaged-20261125T180000Z"),
              folder.resolve("unfinished.jsonl.damaged-20261125T180000Z"));
    }
    assertThat(examine()).isEqualTo(new StoreCare.Report(3, List.of()));
    assertThat(folder.resolve("bad.jsonl")).hasBinaryContent(SOUND);
    assertThat(folder.resolve("bad.jsonl.damaged-20261125T180000Z")).hasBinaryContent(damaged);
    try (RunStore store = FileRunStore.open(folder, "the test")) {
      assertThat(store.list()).hasSize(3);
      assertThat(store.find(new RunId("unfinished")).orElseThrow().status())
          .isEqualTo(RunStatus.ERROR);
    }
  }

  @Test
  void keepsEveryOriginalOfOneSecond() throws Exception {
    for (int i = 0; i < 2; i++) {
      put("bad.jsonl", Damaged.bytes("x\n"));
      try (StoreFolder held = StoreFolder.take(folder, "the doctor")) {
        new StoreCare(folder).repair(held, Damaged.NOW);
      }
    }
    assertThat(names())
        .contains("bad.jsonl.damaged-20261125T180000Z", "bad.jsonl.damaged-20261125T180000Z-2");
  }

  @Test
  void leavesALinkForAPerson() throws Exception {
    Path elsewhere = Files.write(temporary.resolve("elsewhere"), Damaged.bytes("x\n"));
    Files.createSymbolicLink(folder.resolve("link.jsonl"), elsewhere);
    try (StoreFolder held = StoreFolder.take(folder, "the doctor")) {
      assertThat(new StoreCare(folder).repair(held, Damaged.NOW).failures())
          .extracting(Finding::what)
          .containsExactly("cannot be repaired: it is a link; repair what it leads to");
    }
    assertThat(elsewhere).hasContent("x");
  }

  @Test
  void doesNotTakeARunThatIsWrittenForATornOne() throws Exception {
    put("live.jsonl", Damaged.bytes("x\n" + start() + "{\"ty"));
    assertThat(new StoreCare(folder).examine(_ -> true).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.NOT_JSON);
    assertThat(examine().findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.NOT_JSON, Kind.TORN_TAIL, Kind.NO_END);
  }

  @Test
  void looksAgainAtARunThatHasEndedMeanwhile() throws Exception {
    put("live.jsonl", Damaged.fixture("unfinished"));
    Deque<byte[]> meanwhile = new ArrayDeque<>(List.of(SOUND));
    StoreCare.Report report =
        new StoreCare(folder)
            .examine(_ -> {
              put("live.jsonl", meanwhile.remove());
              return false;
            });
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void isRefusedAFolderThatAStoreHoldsAndNamesTheHolder() {
    try (FileRunStore _ = FileRunStore.open(folder, "the tea house")) {
      assertThat(StoreFolder.holder(folder)).contains("the tea house");
      assertThatThrownBy(() -> StoreFolder.take(folder, "the doctor"))
          .hasMessageContaining("is in use by the tea house");
    }
    assertThat(StoreFolder.holder(folder)).isEmpty();
  }

  private StoreCare.Report examine() throws IOException, InterruptedException {
    return new StoreCare(folder).examine(_ -> false);
  }

  private static String start() {
    return new String(SOUND, java.nio.charset.StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow()
        + "\n";
  }

  private void put(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
      mode(name, "rw-------");
    } catch (IOException refused) {
      throw new IllegalStateException(refused);
    }
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(StoreCareTest::name).collect(Collectors.toSet());
    }
  }
}
