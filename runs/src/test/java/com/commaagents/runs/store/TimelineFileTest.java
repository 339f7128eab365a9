package com.commaagents.runs.store;

import static com.commaagents.runs.store.RunStoreContract.append;
import static com.commaagents.runs.store.RunStoreContract.joined;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.store.RunStore.Damage;
import com.commaagents.runs.store.RunStore.Timeline;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineFileTest {
  private static final RunId RUN = new RunId("run-1");
  private static final List<TimelineEntry> HISTORY =
      List.of(
          Entries.started(Entries.at(0), "Grüße 🚀"),
          Entries.said(Entries.at(1), "\"x\\\n"),
          Entries.ended(Entries.at(2), RunState.Finished.completed()));
  private static final TimelineEntry NEW = Entries.started(Entries.at(9), "again");

  @TempDir Path folder;
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = FileRunStore.open(folder, "me");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsEveryWholeLineWhereverItsFileIsCutOff() throws IOException {
    byte[] whole = bytes(HISTORY);
    for (int cut = 0; cut <= whole.length; cut++) {
      RunId run = new RunId("cut-" + cut);
      byte[] torn = Arrays.copyOf(whole, cut);
      Files.write(file(run), torn);
      List<TimelineEntry> kept = wholeWithin(cut);

      assertThat(store.read(run)).as("cut at %d", cut).isEqualTo(new Timeline(kept, List.of()));
      assertThat(Files.readAllBytes(file(run))).as("cut at %d", cut).isEqualTo(torn);
      append(store, run, List.of(NEW));

      List<TimelineEntry> all = joined(kept, List.of(NEW));
      assertThat(store.read(run)).as("cut at %d", cut).isEqualTo(new Timeline(all, List.of()));
      assertThat(Files.readAllBytes(file(run))).as("cut at %d", cut).isEqualTo(bytes(all));
    }
  }

  @Test
  void listsTornTimelinesAsFarAsTheyAreWhole() throws IOException {
    byte[] whole = bytes(HISTORY);
    for (int cut = 0; cut <= whole.length; cut++) {
      Files.write(file(new RunId("cut-" + cut)), Arrays.copyOf(whole, cut));
    }
    store.close();
    store = FileRunStore.open(folder, "me");

    for (int cut = 0; cut <= whole.length; cut++) {
      List<TimelineEntry> kept = wholeWithin(cut);
      assertThat(store.find(new RunId("cut-" + cut)).map(RunOverview::state))
          .as("cut at %d", cut)
          .isEqualTo(
              switch (kept.size()) {
                case 0 -> Optional.empty();
                case 3 -> Optional.of(RunState.Finished.completed());
                default -> Optional.of(new RunState.Running());
              });
    }
  }

  @Test
  void cutsOffATailThatIsLongerThanOneBlock() throws IOException {
    byte[] whole = bytes(HISTORY);
    for (int tail : List.of(8191, 8192, 8193, 20_000)) {
      Files.write(file(RUN), whole);
      Files.writeString(file(RUN), "{\"x\":\"" + "y".repeat(tail - 6), StandardOpenOption.APPEND);
      append(store, RUN, List.of(NEW));
      assertThat(Files.readAllBytes(file(RUN))).isEqualTo(bytes(joined(HISTORY, List.of(NEW))));
    }
  }

  @Test
  void skipsDamagedLinesSaysWhereTheyAreAndLeavesThemAlone() throws IOException {
    List<byte[]> lines =
        List.of(
            TimelineJson.line(HISTORY.get(0)),
            "garbage {\n".getBytes(StandardCharsets.UTF_8),
            TimelineJson.line(HISTORY.get(1)),
            new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}', '\n'},
            new byte[] {'\n'},
            new byte[] {0, 0, 0, '\n'},
            TimelineJson.line(HISTORY.get(2)));
    byte[] damaged = joinedBytes(lines);
    Files.write(file(RUN), damaged);

    Timeline expected =
        new Timeline(
            HISTORY,
            List.of(
                new Damage(offset(lines, 1), 9),
                new Damage(offset(lines, 3), 7),
                new Damage(offset(lines, 5), 3)));
    assertThat(store.read(RUN)).isEqualTo(expected);
    append(store, RUN, List.of(NEW));
    assertThat(store.read(RUN))
        .isEqualTo(new Timeline(joined(HISTORY, List.of(NEW)), expected.damage()));
    assertThat(Files.readAllBytes(file(RUN)))
        .isEqualTo(joinedBytes(List.of(damaged, TimelineJson.line(NEW))));
  }

  @Test
  void reportsAsManyDamagedLinesAsItSays() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= Timeline.MAX_DAMAGE_REPORTED; i++) {
      text.append("?\n");
    }
    Files.writeString(file(RUN), text + new String(TimelineJson.line(NEW), StandardCharsets.UTF_8));

    Timeline timeline = store.read(RUN);
    assertThat(timeline.entries()).containsExactly(NEW);
    assertThat(timeline.damage())
        .hasSize(Timeline.MAX_DAMAGE_REPORTED)
        .startsWith(new Damage(0, 1))
        .endsWith(new Damage(2 * (Timeline.MAX_DAMAGE_REPORTED - 1), 1));
  }

  @Test
  void readsLinesThatEndAsOnWindows() throws IOException {
    String text = new String(bytes(HISTORY), StandardCharsets.UTF_8).replace("\n", "\r\n");
    Files.writeString(file(RUN), text);
    assertThat(store.read(RUN)).isEqualTo(new Timeline(HISTORY, List.of()));
  }

  @Test
  void holdsWhileItIsReadByOthers() throws InterruptedException {
    List<List<TimelineEntry>> batches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batches.add(
          List.of(
              Entries.said(Entries.at(i), "x".repeat(i * 100)), Entries.step(Entries.at(i), "s")));
    }
    List<TimelineEntry> all = batches.stream().flatMap(List::stream).toList();
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<@Nullable Timeline> wrong = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get() && wrong.get() == null) {
                Timeline read = store.read(RUN);
                if (!read.equals(new Timeline(all.subList(0, read.entries().size()), List.of()))) {
                  wrong.set(read);
                }
              }
            });
    try (RunStore.TimelineLog log = store.log(RUN)) {
      batches.forEach(log::append);
    }
    done.set(true);
    reader.join();
    assertThat(wrong).hasValue(null);
  }

  private Path file(RunId run) {
    return folder.resolve(run.value() + ".jsonl");
  }

  /// The entries that stand before a byte, with or without their line end.
  private static List<TimelineEntry> wholeWithin(int cut) {
    List<TimelineEntry> kept = new ArrayList<>();
    int end = 0;
    for (TimelineEntry entry : HISTORY) {
      end += TimelineJson.line(entry).length;
      if (end - 1 <= cut) {
        kept.add(entry);
      }
    }
    return kept;
  }

  private static long offset(List<byte[]> lines, int index) {
    return joinedBytes(lines.subList(0, index)).length;
  }

  private static byte[] bytes(List<TimelineEntry> entries) {
    return joinedBytes(entries.stream().map(TimelineJson::line).toList());
  }

  private static byte[] joinedBytes(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
