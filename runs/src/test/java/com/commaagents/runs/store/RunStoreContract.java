package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// What every run store does.
interface RunStoreContract {
  RunId RUN = new RunId("run-1");

  /// An empty store; the caller of a test closes it.
  RunStore open();

  @Test
  default void knowsNothingOfAnUnknownRun() {
    try (RunStore store = open()) {
      assertThat(store.read(RUN)).isEqualTo(new RunStore.Timeline(List.of(), List.of()));
      assertThat(store.find(RUN)).isEmpty();
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  default void readsWhatWasAppendedInOrder() {
    List<TimelineEntry> first =
        List.of(Entries.started(Entries.at(0), "a"), Entries.said(Entries.at(0), "é\n\u2028"));
    List<TimelineEntry> second = List.of(Entries.step(Entries.at(1), "s"));
    try (RunStore store = open();
        TimelineLog log = store.log(RUN)) {
      log.append(first);
      RunStore.Timeline early = store.read(RUN);
      log.append(second);

      assertThat(early.entries()).isEqualTo(first);
      assertThat(store.read(RUN).entries()).isEqualTo(joined(first, second));
      assertThat(store.read(RUN).damage()).isEmpty();
    }
  }

  @Test
  default void goesOnWithALogThatWasClosed() {
    List<TimelineEntry> first = List.of(Entries.started(Entries.at(0), "a"));
    List<TimelineEntry> second =
        List.of(Entries.ended(Entries.at(1), RunState.Finished.completed()));
    try (RunStore store = open()) {
      append(store, RUN, first);
      append(store, RUN, second);
      assertThat(store.read(RUN).entries()).isEqualTo(joined(first, second));
    }
  }

  @Test
  default void showsTheLatestSegment() {
    RunState.Finished failed = RunState.Finished.failed("E", "no");
    try (RunStore store = open()) {
      append(store, RUN, List.of(Entries.started(Entries.at(1), "a")));
      assertThat(store.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
      append(store, RUN, List.of(Entries.ended(Entries.at(7), RunState.Finished.completed())));
      append(store, RUN, List.of(Entries.started(Entries.at(9), "b")));
      assertThat(store.find(RUN).orElseThrow().completedAt()).isEmpty();
      append(store, RUN, List.of(Entries.ended(Entries.at(12), failed)));

      RunOverview shown =
          new RunOverview(
              RUN,
              "/w",
              "talk",
              "/s/talk.yaml",
              Entries.at(9),
              Optional.of(Entries.at(12)),
              failed,
              12);
      assertThat(store.find(RUN)).contains(shown);
      assertThat(store.list()).containsExactly(shown);
    }
  }

  @Test
  default void listsTheRunThatWasStartedLastFirst() {
    try (RunStore store = open()) {
      append(store, new RunId("b"), List.of(Entries.started(Entries.at(5), "")));
      append(store, new RunId("c"), List.of(Entries.started(Entries.at(9), "")));
      append(store, new RunId("a"), List.of(Entries.started(Entries.at(5), "")));
      append(store, new RunId("d"), List.of(Entries.started(Entries.at(1), "")));
      append(store, new RunId("d"), List.of(Entries.started(Entries.at(10), "")));

      assertThat(store.list())
          .extracting(overview -> overview.runId().value())
          .containsExactly("d", "c", "a", "b");
    }
  }

  @Test
  default void listsWhatAQueryAsksFor() {
    try (RunStore store = open()) {
      for (int i = 0; i < 6; i++) {
        RunId run = new RunId("run-" + i);
        append(store, run, List.of(Entries.started(Entries.at(i), "a")));
        if (i % 2 == 0) {
          append(store, run, List.of(Entries.ended(Entries.at(9), RunState.Finished.completed())));
        }
      }
      assertThat(ids(store, query("", Optional.empty(), Optional.empty(), 2)))
          .containsExactly("run-5", "run-4");
      assertThat(ids(store, query("", Optional.of(RunStatus.COMPLETED), Optional.empty(), 9)))
          .containsExactly("run-4", "run-2", "run-0");
      assertThat(ids(store, query("", Optional.of(RunStatus.RUNNING), Optional.of("run-3"), 1)))
          .containsExactly("run-1");
      assertThat(ids(store, query("RUN-3", Optional.empty(), Optional.empty(), 9)))
          .containsExactly("run-3");
      assertThat(ids(store, query("TALK.yaml", Optional.empty(), Optional.of("run-1"), 9)))
          .containsExactly("run-0");
      assertThat(ids(store, query("", Optional.empty(), Optional.empty(), 0))).isEmpty();
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> store.list(query("", Optional.empty(), Optional.of("gone"), 9)))
          .withMessageStartingWith("before: there is no run gone in the list.");
    }
  }

  private static RunQuery query(
      String text, Optional<RunStatus> status, Optional<String> before, long limit) {
    return new RunQuery(
        Optional.of("/w"), status, Optional.of(text), before, OptionalLong.of(limit));
  }

  private static List<String> ids(RunStore store, RunQuery query) {
    return store.list(query).stream().map(run -> run.runId().value()).toList();
  }

  @Test
  default void deletesARunWhoseIdMayThenBeTakenAnew() {
    RunId other = new RunId("other");
    List<TimelineEntry> anew = List.of(Entries.started(Entries.at(5), "again"));
    try (RunStore store = open()) {
      append(store, other, List.of(Entries.started(Entries.at(1), "a")));
      append(store, RUN, List.of(Entries.started(Entries.at(2), "a")));
      store.delete(RUN);

      assertThat(store.find(RUN)).isEmpty();
      assertThat(store.read(RUN).entries()).isEmpty();
      assertThat(store.list()).extracting(RunOverview::runId).containsExactly(other);

      append(store, RUN, anew);
      assertThat(store.read(RUN).entries()).isEqualTo(anew);
      assertThat(store.list()).extracting(RunOverview::runId).containsExactly(RUN, other);
    }
  }

  @Test
  default void deletesNothingWhereNothingIs() {
    try (RunStore store = open()) {
      store.delete(RUN);
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  default void deletesNothingOnceItIsClosed() {
    RunStore store = open();
    append(store, RUN, List.of(Entries.started(Entries.at(1), "a")));
    store.close();
    assertThatThrownBy(() -> store.delete(RUN))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("closed");
    assertThat(store.read(RUN).entries()).hasSize(1);
  }

  @Test
  default void doesNotListARunThatWasNeverStarted() {
    try (RunStore store = open()) {
      append(store, RUN, List.of(Entries.ended(Entries.at(1), RunState.Finished.completed())));
      assertThat(store.list()).isEmpty();
      assertThat(store.read(RUN).entries()).hasSize(1);
    }
  }

  @Test
  default void listsAnEndThatCouldNotBeWritten() {
    TimelineEntry end = Entries.ended(Entries.at(2), RunState.Finished.failed("P", "disk full"));
    try (RunStore store = open()) {
      append(store, RUN, List.of(Entries.started(Entries.at(1), "")));
      store.noteUnwritten(RUN, end);
      store.noteUnwritten(new RunId("unknown"), end);

      assertThat(store.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.ERROR);
      assertThat(store.list()).hasSize(1);
      assertThat(store.read(RUN).entries()).hasSize(1);
    }
  }

  @Test
  default void keepsTheOrderOfEachRunWhileManyAreWritten() throws InterruptedException {
    int runs = 16;
    int appends = 20;
    Map<RunId, List<TimelineEntry>> written = new ConcurrentHashMap<>();
    try (RunStore store = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        RunId run = new RunId("run-" + i);
        threads.add(
            Thread.ofVirtual().start(() -> written.put(run, writeMany(store, run, appends))));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(written).hasSize(runs);
      written.forEach((run, entries) -> assertThat(store.read(run).entries()).isEqualTo(entries));
      assertThat(store.list()).hasSize(runs);
    }
  }

  @Test
  default void writesNothingAfterItWasClosed() {
    RunStore store = open();
    TimelineLog early = store.log(RUN);
    early.append(List.of(Entries.started(Entries.at(0), "a")));
    store.close();
    store.close();

    for (TimelineLog log : List.of(early, store.log(new RunId("late")))) {
      assertThatThrownBy(() -> log.append(List.of(Entries.step(Entries.at(1), "s"))))
          .isInstanceOfSatisfying(
              Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.SHUTTING_DOWN))
          .hasMessageContaining("closed");
      log.close();
    }
    assertThat(store.read(RUN).entries()).hasSize(1);
  }

  private static List<TimelineEntry> writeMany(RunStore store, RunId run, int appends) {
    List<TimelineEntry> all = new ArrayList<>();
    try (TimelineLog log = store.log(run)) {
      for (int i = 0; i < appends; i++) {
        List<TimelineEntry> batch = new ArrayList<>();
        for (int k = 0; k <= i % 3; k++) {
          batch.add(
              i == 0 && k == 0
                  ? Entries.started(Entries.at(0), run.value())
                  : Entries.said(Entries.at(i), run + " " + i + "." + k));
        }
        log.append(batch);
        all.addAll(batch);
      }
    }
    return all;
  }

  static void append(RunStore store, RunId run, List<TimelineEntry> entries) {
    try (TimelineLog log = store.log(run)) {
      log.append(entries);
    }
  }

  static List<TimelineEntry> joined(List<TimelineEntry> first, List<TimelineEntry> second) {
    List<TimelineEntry> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
