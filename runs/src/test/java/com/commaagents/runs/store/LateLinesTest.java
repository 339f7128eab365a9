package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.TickingClock;
import com.commaagents.runs.store.FaultyDisk.Answer;
import com.commaagents.runs.store.FaultyDisk.Work;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Lines that were acknowledged and are not in the file of their run yet: they are read, survive
/// everything, and get there. Time stands still, so they stay away until a test says so.
class LateLinesTest {
  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final int SMALL = 8 << 10;
  private static final TimelineEntry FIRST = Entries.started(Entries.at(0), "1");
  private static final TimelineEntry SECOND = Entries.said(Entries.at(1), "é\n");
  private static final TimelineEntry THIRD = Entries.said(Entries.at(2), "3");

  @TempDir Path temporary;
  private final FaultyDisk disk = new FaultyDisk();
  private final TickingClock clock = new TickingClock(Entries.at(100));
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = open(folder(), Journal.MAX_BYTES);
  }

  @AfterEach
  void close() {
    disk.heal();
    store.close();
  }

  @Test
  void areReadBeforeTheyAreInTheFileAndGetThereALittleLater() throws IOException {
    TimelineLog a = log(A, FIRST, SECOND);
    TimelineLog b = log(B, FIRST, SECOND, THIRD);
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST));
    assertThat(bytesOf(B)).isEqualTo(lines(FIRST));
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));
    assertThat(store.read(B)).isEqualTo(timeline(FIRST, SECOND, THIRD));

    clock.tick();
    await().until(() -> Files.size(file(B)) == lines(FIRST, SECOND, THIRD).length);
    await().until(() -> Files.size(file(A)) == lines(FIRST, SECOND).length);
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND));
    assertThat(bytesOf(B)).isEqualTo(lines(FIRST, SECOND, THIRD));
    assertThat(store.read(B)).isEqualTo(timeline(FIRST, SECOND, THIRD));

    a.append(List.of(THIRD));
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND, THIRD));
    a.close();
    b.close();
  }

  @Test
  void areWrittenTogether() throws IOException {
    List<String> writes = new ArrayList<>();
    TimelineLog log = log(A, FIRST);
    disk.set((work, file) -> {
      if (work == Work.WRITE && file.equals("a.jsonl")) {
        writes.add(file);
      }
      return Answer.DONE;
    });
    for (int i = 0; i < 50; i++) {
      log.append(List.of(SECOND));
    }
    log.close();
    assertThat(writes).hasSize(1);
    assertThat(Files.size(file(A))).isEqualTo(lines(FIRST).length + 50L * lines(SECOND).length);
  }

  @Test
  void areInTheFileOnceTheLogIsClosed() throws IOException {
    log(A, FIRST, SECOND).close();
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND));
  }

  @Test
  void areInTheFileOnceTheStoreIsClosed() throws IOException {
    TimelineLog log = log(A, FIRST, SECOND);
    store.close();
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND));
    assertThat(Journal.in(folder())).doesNotExist();
    log.close();
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND));
  }

  @Test
  void comeBeforeAnAppendThatIsTooLongForTheJournal() throws IOException {
    store.close();
    store = open(folder(), SMALL);
    TimelineEntry longer = Entries.said(Entries.at(3), "x".repeat(SMALL));
    TimelineLog log = log(A, FIRST, SECOND, longer);
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND, longer));
    log.append(List.of(THIRD));
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND, longer, THIRD));
    assertThat(readAfterDeath(A)).containsExactly(FIRST, SECOND, longer, THIRD);
    log.close();
  }

  @Test
  void areWrittenByTheOneWhoAppendsWhenTheyAreTooMany() throws IOException {
    int line = 4 << 10;
    TimelineEntry entry = Entries.said(Entries.at(1), "x".repeat(line - beside()));
    TimelineLog log = log(A, FIRST);
    for (int i = 0; i < OpenTimeline.MAX_OWED_BYTES / line; i++) {
      log.append(List.of(entry));
    }
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST));
    log.append(List.of(THIRD));
    assertThat(Files.size(file(A)))
        .isEqualTo(lines(FIRST).length + OpenTimeline.MAX_OWED_BYTES + lines(THIRD).length);
    log.close();
  }

  @Test
  void areWrittenBeforeTheJournalIsBegunAnew() {
    store.close();
    store = open(folder(), SMALL);
    TimelineLog a = log(A, FIRST, SECOND);
    fillJournal();
    assertThat(readAfterDeath(A)).containsExactly(FIRST, SECOND);
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));
    a.close();
  }

  @Test
  void surviveTheDeathOfTheProcessAlsoWhenHalfOfThemIsThere() throws IOException {
    TimelineLog log = log(A, FIRST, SECOND, THIRD);
    byte[] whole = lines(FIRST, SECOND, THIRD);
    for (int cut = lines(FIRST).length; cut <= whole.length; cut++) {
      Path dead = dead();
      Files.write(dead.resolve("a.jsonl"), Arrays.copyOf(whole, cut));
      assertThat(read(dead, A)).as("cut at %d", cut).containsExactly(FIRST, SECOND, THIRD);
      assertThat(Files.readAllBytes(dead.resolve("a.jsonl"))).isEqualTo(whole);
    }
    log.close();
  }

  @ParameterizedTest
  @CsvSource({"WRITE, .jsonl", "FORCE, .jsonl", "FORCE_FOLDER, dead", "DELETE, runs.journal"})
  void surviveADeathWhileTheyAreBroughtHome(Work work, String file) throws IOException {
    TimelineLog log = log(A, FIRST, SECOND, THIRD);
    Path dead = dead();
    disk.set((asked, name) ->
        asked == work && (name.endsWith(file) || name.startsWith(file))
            ? Answer.BROKEN
            : Answer.DONE);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> open(dead, Journal.MAX_BYTES)).isInstanceOf(Fault.class);
    }
    disk.heal();
    assertThat(read(dead, A)).containsExactly(FIRST, SECOND, THIRD);
    log.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "BROKEN"})
  void endTheirLogWhenTheyCannotBeWrittenAndAreNotLost(Answer answer) throws IOException {
    TimelineLog a = log(A, FIRST, SECOND);
    TimelineLog b = log(B, FIRST);
    disk.set(Work.WRITE, "a.jsonl", answer);
    clock.tick();
    await().until(() -> store.health() instanceof StoreHealth.Unhealthy);
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));

    refuses(a, answer == Answer.FULL ? "No space left on device" : "Input/output error");
    b.append(List.of(SECOND));
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));
    assertThat(readAfterDeath(A)).containsExactly(FIRST, SECOND);

    disk.heal();
    recovers();
    assertThat(bytesOf(A)).isEqualTo(lines(FIRST, SECOND));
    RunStoreContract.append(store, A, List.of(THIRD));
    b.close();
    assertThat(reopened(A)).containsExactly(FIRST, SECOND, THIRD);
    assertThat(reopened(B)).containsExactly(FIRST, SECOND);
  }

  @Test
  void keepTheirRunFromBeingWrittenAnewUntilTheyAreThere() {
    TimelineLog log = log(A, FIRST, SECOND);
    disk.set(Work.WRITE, "a.jsonl", Answer.FULL);
    log.close();
    assertThat(store.health()).isInstanceOf(StoreHealth.Unhealthy.class);
    refuses(store.log(A), "No space left on device");
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));
    disk.heal();
    RunStoreContract.append(store, A, List.of(THIRD));
    assertThat(reopened(A)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void keepTheJournalFromBeingBegunAnewUntilTheyAreThere() {
    store.close();
    store = open(folder(), SMALL);
    TimelineLog a = log(A, FIRST, SECOND);
    disk.set(Work.WRITE, "a.jsonl", Answer.FULL);
    assertThatThrownBy(this::fillJournal).hasMessageContaining("No space left on device");
    assertThat(store.read(A)).isEqualTo(timeline(FIRST, SECOND));
    assertThat(readAfterDeath(A)).containsExactly(FIRST, SECOND);
    disk.heal();
    recovers();
    a.close();
    assertThat(reopened(A)).containsExactly(FIRST, SECOND);
  }

  @Test
  void areWrittenAnewFromTheJournalWhenAForceHasFailed() {
    TimelineLog log = log(A, FIRST, SECOND);
    disk.set(Work.FORCE, "a.jsonl", Answer.BROKEN);
    log.close();
    disk.heal();
    recovers();
    assertThat(reopened(A)).containsExactly(FIRST, SECOND);
  }

  @Test
  void areWrittenAnewFromTheJournalWhenAnInterruptionHasClosedTheirFile() {
    store.close();
    store = open(folder(), SMALL);
    TimelineLog log = log(A, FIRST, SECOND);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> log.append(List.of(Entries.said(Entries.at(3), "x".repeat(SMALL)))))
          .isInstanceOf(Fault.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    recovers();
    RunStoreContract.append(store, A, List.of(THIRD));
    assertThat(reopened(A)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void stayInTheJournalWhenTheStoreIsClosedOnAFullDisk() {
    TimelineLog log = log(A, FIRST, SECOND);
    disk.set(Work.WRITE, ".jsonl", Answer.FULL);
    store.close();
    log.close();
    disk.heal();
    assertThat(Journal.in(folder())).exists();
    assertThat(reopened(A)).containsExactly(FIRST, SECOND);
  }

  @ParameterizedTest
  @CsvSource({"a.jsonl", ".jsonl", "''"})
  void goWithTheirRunWhenItIsDeletedAlsoOnAFullDisk(String full) {
    RunStoreContract.append(store, B, List.of(FIRST));
    TimelineLog log = log(A, FIRST, SECOND);
    disk.set(Work.WRITE, full, Answer.FULL);
    log.close();
    store.delete(A);
    assertThat(store.read(A).entries()).isEmpty();
    disk.heal();
    assertThat(readAfterDeath(A)).isEmpty();
    recovers();
    assertThat(store.list()).extracting(RunOverview::runId).containsExactly(B);
    assertThat(reopened(A)).isEmpty();
    assertThat(reopened(B)).containsExactly(FIRST);
  }

  @Test
  void giveWayToADeletionThatMakesRoomForThoseOfOthers() throws IOException {
    TimelineLog a = log(A, FIRST);
    TimelineLog b = log(B, FIRST, SECOND);
    disk.set((work, _) -> work == Work.WRITE && Files.exists(file(A)) ? Answer.FULL : Answer.DONE);
    refuses(a, "No space left on device");
    store.delete(A);
    assertThat(readAfterDeath(A)).isEmpty();
    recovers();
    assertThat(bytesOf(B)).isEqualTo(lines(FIRST, SECOND));
    b.close();
    assertThat(reopened(B)).containsExactly(FIRST, SECOND);
  }

  @Test
  void showThatTheirFileWasTakenAway() throws IOException {
    TimelineLog log = log(A, FIRST, SECOND);
    Files.move(file(A), temporary.resolve("taken"));
    clock.tick();
    await().until(() -> Files.size(temporary.resolve("taken")) > lines(FIRST).length);
    await()
        .untilAsserted(() -> refuses(log, "the file was removed or renamed while it was written"));
  }

  /// Appends to a run and leaves its log open.
  private TimelineLog log(RunId run, TimelineEntry... entries) {
    TimelineLog log = store.log(run);
    for (TimelineEntry entry : entries) {
      log.append(List.of(entry));
    }
    return log;
  }

  /// Until it has been begun anew, with a run that is of no interest.
  private void fillJournal() {
    try (TimelineLog log = store.log(new RunId("filler"))) {
      for (int i = 0; i < SMALL / lines(THIRD).length; i++) {
        log.append(List.of(THIRD));
      }
    }
  }

  /// What a process that is killed now leaves behind.
  private Path dead() throws IOException {
    Path dead = Files.createTempDirectory(temporary, "dead");
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(each -> !each.endsWith("runs.lock")).toList()) {
        Files.copy(file, dead.resolve(file.getFileName()));
      }
    }
    return dead;
  }

  private List<TimelineEntry> readAfterDeath(RunId run) {
    try {
      return read(dead(), run);
    } catch (IOException refused) {
      throw new AssertionError(refused);
    }
  }

  private static List<TimelineEntry> read(Path folder, RunId run) {
    try (RunStore other = FileRunStore.open(folder, "the next")) {
      assertThat(other.read(run).damage()).isEmpty();
      return other.read(run).entries();
    }
  }

  private List<TimelineEntry> reopened(RunId run) {
    store.close();
    store = open(folder(), Journal.MAX_BYTES);
    return store.read(run).entries();
  }

  private void recovers() {
    await()
        .until(() -> {
          clock.tick();
          return store.health() instanceof StoreHealth.Healthy;
        });
  }

  private FileRunStore open(Path folder, int journalBytes) {
    return FileRunStore.open(
        folder, "me", new StoreSettings(disk, clock, LineReader.MAX_LINE_BYTES, journalBytes));
  }

  private Path folder() {
    return temporary.resolve("runs");
  }

  private Path file(RunId run) {
    return folder().resolve(run.value() + ".jsonl");
  }

  private byte[] bytesOf(RunId run) throws IOException {
    return Files.readAllBytes(file(run));
  }

  private static void refuses(TimelineLog log, String why) {
    assertThatThrownBy(() -> log.append(List.of(THIRD)))
        .isInstanceOfSatisfying(
            Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
        .hasMessageContaining(why);
  }

  private static RunStore.Timeline timeline(TimelineEntry... entries) {
    return new RunStore.Timeline(List.of(entries), List.of());
  }

  /// How long a line is beside its text.
  private static int beside() {
    return lines(Entries.said(Entries.at(1), "")).length;
  }

  private static byte[] lines(TimelineEntry... entries) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (TimelineEntry entry : entries) {
      lines.writeBytes(TimelineJson.line(entry));
    }
    return lines.toByteArray();
  }
}
