package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full: a small file system in memory, which only root may mount. So it is
/// run in the profile `long` only; [StoreFaultTest] shows the same with a disk that pretends.
@Tag("long")
class FullDiskTest {
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path temporary;

  @Test
  void endsTheLogWhenTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException, InterruptedException {
    Path small = Files.createDirectory(temporary.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
    try {
      fillAndGoOn(small);
    } finally {
      run("umount", small.toString());
    }
  }

  private static void fillAndGoOn(Path small) throws IOException {
    List<TimelineEntry> acknowledged = new ArrayList<>();
    Path ballast = Files.write(small.resolve("ballast"), new byte[1 << 20]);
    try (RunStore store = FileRunStore.open(small.resolve("runs"), "me")) {
      RunStore.TimelineLog log = store.log(RUN);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000_000; i++) {
                  List<TimelineEntry> entries =
                      List.of(Entries.said(Entries.at(i), "x".repeat(900)));
                  log.append(entries);
                  acknowledged.addAll(entries);
                }
              })
          .hasMessageEndingWith("No space left on device.");
      assertThat(store.health()).isInstanceOf(StoreHealth.Unhealthy.class);
      log.close();
      Files.delete(ballast);
      assertThat(room(small)).isPositive();
      List<TimelineEntry> last = List.of(Entries.said(Entries.at(0), "after"));
      RunStoreContract.append(store, RUN, last);
      acknowledged.addAll(last);
    }
    try (RunStore store = FileRunStore.open(small.resolve("runs"), "me")) {
      assertThat(store.read(RUN).entries()).containsSubsequence(acknowledged);
      assertThat(store.read(RUN).damage()).isEmpty();
    }
  }

  private static long room(Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    return disk.getUsableSpace();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s", List.of(command)).isZero();
  }
}
