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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A disk that refuses: who is told, what is lost, and that everything goes on afterwards.
class StoreFaultTest {
  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final String JOURNAL = "runs.journal";
  private static final int SMALL = 8 << 10;
  private static final List<TimelineEntry> FIRST = List.of(Entries.started(Entries.at(0), "1"));
  private static final List<TimelineEntry> SECOND = List.of(Entries.said(Entries.at(1), "2"));
  private static final List<TimelineEntry> THIRD = List.of(Entries.said(Entries.at(2), "3"));

  @TempDir Path temporary;
  private final FaultyDisk disk = new FaultyDisk();
  private final TickingClock clock = new TickingClock(Entries.at(100));
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = open(Journal.MAX_BYTES);
  }

  @AfterEach
  void close() {
    disk.heal();
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"WRITE, runs.journal, FULL", "FORCE, runs.journal, BROKEN", "WRITE, .jsonl, FULL"})
  void deletesARunAlsoWhenNothingCanBeWritten(Work work, String file, Answer answer) {
    RunStoreContract.append(store, A, FIRST);
    RunStoreContract.append(store, B, FIRST);
    disk.set(work, file, answer);
    store.delete(A);
    assertThat(store.list()).extracting(RunOverview::runId).containsExactly(B);
    disk.heal();
    store.close();
    store = open(Journal.MAX_BYTES);
    assertThat(store.list()).extracting(RunOverview::runId).containsExactly(B);
    assertThat(store.read(B).entries()).isEqualTo(FIRST);
  }

  @Test
  void keepsARunThatCannotBeDeletedUntilItCan() {
    RunStoreContract.append(store, A, FIRST);
    disk.set(Work.DELETE, ".jsonl", Answer.BROKEN);
    assertThatThrownBy(() -> store.delete(A))
        .isInstanceOf(Fault.class)
        .hasMessage("Cannot delete the run a: Input/output error.");
    assertThat(store.list()).hasSize(1);
    assertThat(store.read(A).entries()).isEqualTo(FIRST);
    disk.heal();
    store.delete(A);
    assertThat(store.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, runs.journal, FULL, No space left on device",
    "WRITE, runs.journal, BROKEN, Input/output error",
    "FORCE, runs.journal, BROKEN, Input/output error",
  })
  void endsTheLogSaysThatItIsUnwellAndGoesOn(Work work, String file, Answer answer, String why) {
    TimelineLog log = store.log(A);
    log.append(FIRST);
    disk.set(work, file, answer);
    refuses(log, SECOND, why);
    assertThat(store.health()).isEqualTo(new StoreHealth.Unhealthy(Entries.at(100), why));
    disk.heal();
    refuses(log, SECOND, "is closed");

    RunStoreContract.append(store, A, THIRD);
    RunStoreContract.append(store, B, FIRST);
    recovers();
    assertThat(store.read(A).entries()).startsWith(FIRST.getFirst()).endsWith(THIRD.getFirst());
    assertThat(store.read(A).damage()).isEmpty();
    assertThat(reopened(B)).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, .jsonl, FULL",
    "OPEN, runs.journal, BROKEN",
    "FORCE_FOLDER, runs, BROKEN",
    "TRUNCATE, .jsonl, BROKEN",
    "READ, .jsonl, BROKEN",
    "FORCE, .jsonl, BROKEN"
  })
  void refusesToBeginALog(Work work, String suffix, Answer answer) throws IOException {
    Files.writeString(folder().resolve("a.jsonl"), "{\"torn");
    disk.set(work, suffix, answer);
    try (TimelineLog log = store.log(A)) {
      refuses(log, FIRST, "Cannot write the timeline");
    }
    disk.heal();
    recovers();
    RunStoreContract.append(store, A, SECOND);
    assertThat(reopened(A)).endsWith(SECOND.getFirst());
  }

  @Test
  void writesOnWhereTheDiskTookLessThanItWasGiven() {
    disk.set((work, _) -> work == Work.WRITE ? Answer.SHORT : Answer.DONE);
    RunStoreContract.append(store, A, FIRST);
    RunStoreContract.append(store, A, SECOND);
    assertThat(store.health()).isEqualTo(new StoreHealth.Healthy());
    disk.heal();
    assertThat(reopened(A)).isEqualTo(RunStoreContract.joined(FIRST, SECOND));
  }

  @Test
  void endsEveryRunOfABatchWhoseForceFailed() throws InterruptedException {
    int runs = 20;
    List<TimelineLog> logs = logs(runs);
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    disk.set((work, file) -> {
      if (work != Work.FORCE || !file.equals(JOURNAL)) {
        return Answer.DONE;
      }
      GroupCommit.anyhow(go::await);
      return Answer.BROKEN;
    });
    List<Thread> threads = new ArrayList<>();
    for (TimelineLog log : logs) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  log.append(SECOND);
                } catch (Fault expected) {
                  refused.incrementAndGet();
                }
              }));
    }
    allWait(threads);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(refused).hasValue(runs);
    disk.heal();
    recovers();
    for (int i = 0; i < runs; i++) {
      assertThat(store.read(new RunId("run-" + i)).entries()).startsWith(FIRST.getFirst());
    }
  }

  @Test
  void writesATimelineAnewWhoseForceFailedInsteadOfForcingItAgain() {
    store.close();
    store = open(SMALL);
    List<TimelineEntry> acknowledged = new ArrayList<>();
    disk.set(Work.FORCE, "a.jsonl", Answer.BROKEN);
    TimelineLog log = store.log(A);
    // Until the journal is full and its timelines must be forced.
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                List<TimelineEntry> entries = List.of(Entries.said(Entries.at(i), "x" + i));
                log.append(entries);
                acknowledged.addAll(entries);
              }
            })
        .isInstanceOf(Fault.class);
    AtomicInteger rewritten = new AtomicInteger();
    disk.set((work, file) -> {
      if (work == Work.WRITE && file.equals("a.jsonl")) {
        rewritten.incrementAndGet();
      }
      return Answer.DONE;
    });
    recovers();
    assertThat(rewritten).hasValueGreaterThan(0);
    assertThat(acknowledged).isNotEmpty();
    assertThat(reopened(A)).startsWith(acknowledged.toArray(TimelineEntry[]::new));
  }

  @Test
  void staysUnwellAsLongAsNothingCanBeWritten() throws IOException {
    Files.move(folder(), temporary.resolve("away"));
    try (TimelineLog log = store.log(A)) {
      refuses(log, FIRST, "no such file or folder");
    }
    for (int i = 0; i < 3; i++) {
      clock.tick();
      assertThat(store.health()).isInstanceOf(StoreHealth.Unhealthy.class);
    }
    Files.move(temporary.resolve("away"), folder());
    recovers();
    RunStoreContract.append(store, A, FIRST);
    assertThat(reopened(A)).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, .jsonl",
    "OPEN, runs.journal",
    "READ, runs.journal",
    "WRITE, .jsonl",
    "FORCE, .jsonl",
    "FORCE_FOLDER, runs",
    "DELETE, runs.journal"
  })
  void refusesToOpenWhileAJournalCannotBeBroughtHome(Work work, String file) {
    TimelineLog log = store.log(A);
    log.append(FIRST);
    disk.set(Work.FORCE, ".jsonl", Answer.BROKEN);
    store.close();
    log.close();
    assertThat(Journal.in(folder())).exists();

    disk.set(work, file, Answer.BROKEN);
    assertThatThrownBy(() -> open(Journal.MAX_BYTES))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("Input/output error");
    disk.heal();
    store = open(Journal.MAX_BYTES);
    assertThat(store.read(A).entries()).isEqualTo(FIRST);
  }

  @Test
  void refusesToOpenWhileAJournalCannotBeSetAside() throws IOException {
    store.close();
    Files.writeString(Journal.in(folder()), "no journal");
    disk.set(Work.MOVE, JOURNAL, Answer.BROKEN);
    assertThatThrownBy(() -> open(Journal.MAX_BYTES)).hasMessageContaining("Input/output error");
    disk.heal();
    store = open(Journal.MAX_BYTES);
    assertThat(folder().resolve("runs.journal.kept-1")).hasContent("no journal");
  }

  @Test
  void noticesATimelineThatWasTakenAway() throws IOException {
    store.close();
    store = open(SMALL);
    TimelineLog log = store.log(A);
    log.append(FIRST);
    Files.move(folder().resolve("a.jsonl"), temporary.resolve("taken"));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                log.append(SECOND);
              }
            })
        .hasMessageContaining("the file was removed or renamed while it was written");
  }

  @Test
  void makesAJournalAnewThatWasTakenAway() throws IOException {
    RunStoreContract.append(store, A, FIRST);
    Files.delete(Journal.in(folder()));
    RunStoreContract.append(store, B, FIRST);
    assertThat(Journal.in(folder())).exists();
    assertThat(reopened(B)).isEqualTo(FIRST);
  }

  @Test
  void showsReadersNothingThatIsNotAcknowledged() throws InterruptedException {
    TimelineLog log = store.log(A);
    log.append(FIRST);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    disk.set((work, file) -> {
      if (work == Work.FORCE && file.equals(JOURNAL)) {
        written.countDown();
        GroupCommit.anyhow(go::await);
      }
      return Answer.DONE;
    });
    Thread writing = Thread.ofVirtual().start(() -> log.append(SECOND));
    written.await();
    assertThat(store.read(A).entries()).isEqualTo(FIRST);
    go.countDown();
    writing.join();
    assertThat(store.read(A).entries()).isEqualTo(RunStoreContract.joined(FIRST, SECOND));
  }

  @Test
  void sharesOneForceAmongThoseWhoWait() throws InterruptedException {
    int runs = 50;
    List<TimelineLog> logs = logs(runs);
    CountDownLatch go = new CountDownLatch(1);
    disk.set((work, _) -> {
      if (work == Work.FORCE) {
        GroupCommit.anyhow(go::await);
      }
      return Answer.DONE;
    });
    int before = disk.forces();
    List<Thread> threads = new ArrayList<>();
    for (TimelineLog log : logs) {
      threads.add(Thread.ofVirtual().start(() -> log.append(SECOND)));
    }
    allWait(threads);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(disk.forces() - before).isLessThan(runs / 2);
  }

  @Test
  void keepsTheOrderOfAppendsWhenTheClockJumpsBack() {
    List<TimelineEntry> entries =
        List.of(
            Entries.started(Entries.at(50), "1"),
            Entries.said(Entries.at(10), "2"),
            Entries.said(Entries.at(-90_000), "3"));
    entries.forEach(entry -> RunStoreContract.append(store, A, List.of(entry)));
    assertThat(store.read(A).entries()).isEqualTo(entries);
    assertThat(reopened(A)).isEqualTo(entries);
  }

  private List<TimelineLog> logs(int runs) {
    List<TimelineLog> logs = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      TimelineLog log = store.log(new RunId("run-" + i));
      log.append(FIRST);
      logs.add(log);
    }
    return logs;
  }

  /// One of them for the disk, the others for the one.
  private static void allWait(List<Thread> threads) {
    await()
        .until(
            () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
  }

  private Path folder() {
    return temporary.resolve("runs");
  }

  private FileRunStore open(int journalBytes) {
    return FileRunStore.open(
        folder(), "me", new StoreSettings(disk, clock, LineReader.MAX_LINE_BYTES, journalBytes));
  }

  private static void refuses(TimelineLog log, List<TimelineEntry> entries, String why) {
    assertThatThrownBy(() -> log.append(entries))
        .isInstanceOfSatisfying(
            Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
        .hasMessageContaining(why);
  }

  private void recovers() {
    await()
        .until(() -> {
          clock.tick();
          return store.health() instanceof StoreHealth.Healthy;
        });
  }

  private List<TimelineEntry> reopened(RunId run) {
    store.close();
    store = open(Journal.MAX_BYTES);
    return store.read(run).entries();
  }
}
