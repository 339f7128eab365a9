package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.store.RunStore.Damage;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a dead process has left in its journal, and what becomes of it.
class JournalTest {
  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b".repeat(RunId.MAX_LENGTH));
  private static final TimelineEntry FIRST = Entries.started(Entries.at(0), "é");
  private static final TimelineEntry SECOND = Entries.said(Entries.at(1), "two");
  private static final TimelineEntry THIRD = Entries.said(Entries.at(2), "three");

  @TempDir Path folder;
  private byte[] journal = new byte[0];

  /// Three batches: the first of A, the first of B, the second of A.
  @BeforeEach
  void writeJournal() {
    journal =
        bytes(
            JournalFormat.VERSION,
            List.of(
                List.of(entry(A, 0, FIRST)),
                List.of(entry(B, 0, FIRST)),
                List.of(entry(A, line(FIRST).length, SECOND))));
  }

  @Test
  void isBroughtHomeOnceHoweverOftenThatIsBegun() throws IOException {
    for (int i = 0; i < 3; i++) {
      leave(journal);
      assertThat(timeline(A)).containsExactly(FIRST, SECOND);
      assertThat(timeline(B)).containsExactly(FIRST);
      assertThat(Journal.in(folder)).doesNotExist();
    }
  }

  @Test
  void losesNothingButItsTornTailWhereverItIsCutOff() throws IOException {
    for (int cut = 0; cut <= journal.length; cut++) {
      leave(Arrays.copyOf(journal, cut));
      int whole = cut >= end(3) ? 3 : cut >= end(2) ? 2 : cut >= end(1) ? 1 : 0;
      assertThat(batches()).as("cut at %d", cut).isEqualTo(whole);
    }
    leave(Arrays.copyOf(journal, end(2) + 7));
    assertThat(timeline(A)).containsExactly(FIRST);
    assertThat(timeline(B)).containsExactly(FIRST);
  }

  @Test
  void neverBringsHomeWhatIsDamaged() throws IOException {
    for (int at = 0; at < journal.length; at++) {
      byte[] flipped = journal.clone();
      flipped[at] ^= (byte) (1 << (at % Byte.SIZE));
      leave(flipped);
      // A damaged header says nothing against batches that prove themselves.
      int whole = at < JournalFormat.HEADER_BYTES ? 3 : at < end(1) ? 0 : at < end(2) ? 1 : 2;
      assertThat(batches()).as("byte %d", at).isEqualTo(whole);
    }
    assertThat(timeline(A)).containsExactly(FIRST);
  }

  @Test
  void isKeptForAPersonWhenItsHeaderIsDamaged() throws IOException {
    journal[3] ^= 1;
    leave(journal);
    assertThat(timeline(A)).containsExactly(FIRST, SECOND);
    assertThat(Files.readAllBytes(folder.resolve("runs.journal.kept-1"))).isEqualTo(journal);
  }

  @Test
  void isNoLongerSetAsideWhenTooManyAre() throws IOException {
    for (int i = 1; i < JournalReplay.MAX_KEPT; i++) {
      Files.createFile(folder.resolve("runs.journal.kept-" + i));
    }
    leave(new byte[] {1});
    assertThat(timeline(A)).isEmpty();
    leave(new byte[] {1});
    assertThatThrownBy(() -> timeline(A)).hasMessageContaining("journals are kept beside");
  }

  @Test
  void isRemovedWhenItWasOnlyAboutToBeMade() throws IOException {
    for (int length : List.of(0, 1, JournalFormat.HEADER_BYTES, 5_000)) {
      leave(new byte[length]);
      assertThat(timeline(A)).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void isLeftAloneWhenItsVersionIsUnknown() throws IOException {
    byte[] later = bytes(2, List.of(List.of(entry(A, 0, FIRST))));
    leave(later);
    assertThatThrownBy(() -> timeline(A))
        .isInstanceOfSatisfying(
            Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
        .hasMessageContaining("has version 2, which this program does not know");
    assertThat(Files.readAllBytes(Journal.in(folder))).isEqualTo(later);
    Files.delete(Journal.in(folder));
    assertThat(timeline(A)).isEmpty();
  }

  @Test
  void endsWhereAnEarlierRoundBegins() throws IOException {
    byte[] later = batch(7, 0, List.of(entry(A, 0, FIRST)));
    System.arraycopy(later, 0, journal, JournalFormat.HEADER_BYTES, later.length);
    leave(journal);
    assertThat(timeline(A)).containsExactly(FIRST);
    assertThat(timeline(B)).isEmpty();
  }

  @Test
  void completesAFileThatLostItsEndOrHasZerosThere() throws IOException {
    byte[] whole = joined(List.of(line(FIRST), line(SECOND)));
    for (int cut = 0; cut <= whole.length; cut++) {
      int length = cut % 2 == 0 ? cut : whole.length;
      leave(journal);
      Files.write(file(A), Arrays.copyOf(Arrays.copyOf(whole, cut), length));
      assertThat(timeline(A)).as("cut at %d", cut).containsExactly(FIRST, SECOND);
      assertThat(Files.readAllBytes(file(A))).isEqualTo(whole);
    }
  }

  @Test
  void keepsWhatFollowsWhatItHas() throws IOException {
    leave(journal);
    Files.write(file(A), joined(List.of(line(FIRST), line(SECOND), line(THIRD))));
    assertThat(timeline(A)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void reportsWhatIsMissingBeforeItAsOneDamagedLine() throws IOException {
    int end = line(FIRST).length;
    byte[] part = bytes(1, List.of(List.of(entry(A, 1_000, SECOND))));
    Files.write(file(A), line(FIRST));
    for (int i = 0; i < 2; i++) {
      leave(part);
      try (RunStore store = FileRunStore.open(folder, "me")) {
        assertThat(store.read(A))
            .isEqualTo(
                new RunStore.Timeline(List.of(FIRST, SECOND), List.of(new Damage(end, 999 - end))));
      }
    }
  }

  @Test
  void doesNotMakeAFileAnewWhoseBeginningItDoesNotHave() throws IOException {
    leave(bytes(1, List.of(List.of(entry(A, 1_000, SECOND)))));
    assertThat(timeline(A)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void leavesLinesOfSomebodyElseAloneAndIsKept() throws IOException {
    leave(journal);
    Files.write(file(A), joined(List.of(line(FIRST), line(THIRD))));
    assertThat(timeline(A)).containsExactly(FIRST, THIRD);
    assertThat(timeline(B)).containsExactly(FIRST);
    assertThat(Files.readAllBytes(folder.resolve("runs.journal.kept-1"))).isEqualTo(journal);
  }

  @Test
  void leavesARunAloneThatWasSettled() throws IOException {
    leave(
        bytes(
            1,
            List.of(
                List.of(entry(A, 0, FIRST), entry(B, 0, FIRST)),
                List.of(JournalEntry.settled(A), entry(B, line(FIRST).length, SECOND)))));
    assertThat(timeline(A)).isEmpty();
    assertThat(timeline(B)).containsExactly(FIRST, SECOND);
  }

  @Test
  void staysWithinItsSizeAndIsGoneAfterAnOrderlyEnd() throws IOException {
    int limit = 8 << 10;
    StoreSettings small =
        new StoreSettings(new MachineDisk(), Clock.system(), LineReader.MAX_LINE_BYTES, limit);
    List<TimelineEntry> all = new ArrayList<>();
    try (FileRunStore store = FileRunStore.open(folder, "me", small);
        TimelineLog log = store.log(A)) {
      for (int i = 0; i < 300; i++) {
        // The later ones are too long for the journal: their file is forced itself.
        TimelineEntry entry = Entries.said(Entries.at(i), "x".repeat(i * 10));
        log.append(List.of(entry));
        all.add(entry);
        assertThat(Files.size(Journal.in(folder))).isLessThanOrEqualTo(limit);
      }
    }
    assertThat(Journal.in(folder)).doesNotExist();
    assertThat(timeline(A)).isEqualTo(all);
  }

  @Test
  void takesABatchThatJustFits() throws IOException {
    List<JournalEntry> batch = List.of(entry(A, 0, FIRST));
    int size = JournalFormat.HEADER_BYTES + JournalFormat.size(batch);
    try (Journal exact = Journal.create(new MachineDisk(), folder, size)) {
      assertThat(exact.fits(batch)).isTrue();
      exact.append(batch);
      assertThat(exact.fits(batch)).isFalse();
      assertThatThrownBy(() -> exact.append(batch)).isInstanceOf(IllegalArgumentException.class);
      exact.restart();
      exact.append(batch);
    }
    assertThat(Files.size(Journal.in(folder))).isEqualTo(size);
    assertThat(timeline(A)).containsExactly(FIRST);
  }

  private List<TimelineEntry> timeline(RunId run) {
    try (RunStore store = FileRunStore.open(folder, "me")) {
      return store.read(run).entries();
    }
  }

  private void leave(byte[] bytes) throws IOException {
    Files.write(Journal.in(folder), bytes);
  }

  private int batches() throws IOException {
    try (Disk.DiskFile file = new MachineDisk().open(Journal.in(folder))) {
      return Journal.read(file, Journal.MAX_BYTES).batches().size();
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("runs.lock")).toList();
    }
  }

  private Path file(RunId run) {
    return folder.resolve(run.value() + ".jsonl");
  }

  private int end(int batches) {
    int end = JournalFormat.HEADER_BYTES;
    for (int i = 0; i < batches; i++) {
      end = JournalFormat.read(ByteBuffer.wrap(journal), end).orElseThrow().end();
    }
    return end;
  }

  private static JournalEntry entry(RunId run, int offset, TimelineEntry entry) {
    return new JournalEntry(run, offset, line(entry));
  }

  private static byte[] line(TimelineEntry entry) {
    return TimelineJson.line(entry);
  }

  private static byte[] bytes(int version, List<List<JournalEntry>> batches) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(JournalFormat.header(version).array());
    for (int i = 0; i < batches.size(); i++) {
      parts.add(batch(1, i, batches.get(i)));
    }
    return joined(parts);
  }

  private static byte[] batch(long round, int index, List<JournalEntry> entries) {
    ByteBuffer batch = ByteBuffer.allocate(JournalFormat.size(entries));
    JournalFormat.write(batch, round, index, entries);
    return batch.array();
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
