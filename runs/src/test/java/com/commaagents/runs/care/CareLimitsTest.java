package com.commaagents.runs.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.store.FileRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a timeline is looked at, and how many originals are kept: at the limit, and past it.
class CareLimitsTest {
  private static final byte[] DAMAGED = Damaged.bytes("x\n");

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() {
    folder = temporary.resolve("runs");
    FileRunStore.open(folder, "the test").close();
  }

  @Test
  void keepsAsManyOriginalsOfASecondAsItSaysAndLeavesTheRestAlone() throws IOException {
    Path file = folder.resolve("bad.jsonl");
    List<String> originals = new ArrayList<>();
    for (int i = 1; i <= TimelineRewrite.MAX_ORIGINALS; i++) {
      Files.write(file, DAMAGED);
      originals.add(
          TimelineRewrite.rewrite(file, Damaged.MAX_LINE_BYTES, Damaged.NOW)
              .getFileName()
              .toString());
    }
    assertThat(originals)
        .doesNotHaveDuplicates()
        .startsWith("bad.jsonl.damaged-20261125T180000Z")
        .endsWith("bad.jsonl.damaged-20261125T180000Z-" + TimelineRewrite.MAX_ORIGINALS);

    Files.write(file, DAMAGED);
    assertThatThrownBy(() -> TimelineRewrite.rewrite(file, Damaged.MAX_LINE_BYTES, Damaged.NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("more than 100 originals are kept beside it");
    assertThat(file).hasBinaryContent(DAMAGED);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(each -> each.getFileName().toString().startsWith("bad.")))
          .hasSize(TimelineRewrite.MAX_ORIGINALS + 1);
    }
    assertThat(TimelineRewrite.rewrite(file, Damaged.MAX_LINE_BYTES, Damaged.NOW.plusSeconds(1)))
        .hasFileName("bad.jsonl.damaged-20261125T180001Z");
  }

  @Test
  void seesATimelineThatIsSoundWhenItIsLookedAtLast() throws Exception {
    assertThat(kindsWhenItIsSoundAfter(StoreCare.LOOKS - 1)).isEmpty();
  }

  @Test
  void tellsOfATimelineAsItWasWhenItWasLookedAtLast() throws Exception {
    assertThat(kindsWhenItIsSoundAfter(StoreCare.LOOKS))
        .containsExactly(Kind.TORN_TAIL, Kind.NO_END);
  }

  /// What is told of a timeline that is torn as long as somebody has asked less often than that
  /// whether its run is live, which is between two looks.
  private List<Kind> kindsWhenItIsSoundAfter(int questions) throws Exception {
    byte[] sound = Damaged.fixture("completed");
    byte[] unfinished = Damaged.fixture("unfinished");
    Path file = folder.resolve("live.jsonl");
    Files.write(file, torn(unfinished));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<Integer> asked = new ArrayList<>();
    StoreCare.Report report =
        new StoreCare(folder)
            .examine(_ -> {
              asked.add(asked.size() + 1);
              write(file, asked.size() == questions ? sound : torn(unfinished));
              return false;
            });
    assertThat(asked).hasSize(StoreCare.LOOKS - 1);
    return report.findings().stream().map(Finding::kind).toList();
  }

  private static byte[] torn(byte[] timeline) {
    byte[] torn = Arrays.copyOf(timeline, timeline.length + 1);
    torn[timeline.length] = '{';
    return torn;
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
