package com.commaagents.runs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.task.TaskScope;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.store.FileRunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process does not grow with the runs it has done.
///
/// Measured where nothing is going on, and only once as many runs have ended as are kept in memory.
/// More runs: `-Druns.soak.runs=20000`.
class SoakTest {
  private static final int RUNS = 300;
  private static final int WORKERS = 8;
  private static final int INTERVALS = 6;

  /// More than the finished runs and the pasts that are kept.
  private static final int WARM_UP = 1_100;

  /// The catalogue keeps an overview of every run there is on disk.
  private static final long HEAP_BYTES_A_RUN = 512;

  /// What the held pasts take differs with what their runs said.
  private static final long HEAP_BYTES_AT_ALL = 3L << 20;

  /// The JVM opens and starts things of its own now and then.
  private static final int FEW = 3;

  private static final List<String> STRATEGIES = List.of("echo", "chat", "fail", "both", "hang");
  private static final ClientId ANSWERS = new ClientId("answers");

  @TempDir Path folder;

  private final Crowd crowd = new Crowd();

  @Test
  void takesNoMoreAfterManyRunsThanAfterFew() throws IOException, InterruptedException {
    Strategies.write(folder);
    int runsToMeasure = Seeds.rounds("runs.soak.runs", RUNS);
    FileRunStore store = FileRunStore.open(folder.resolve("runs"), "the test");
    RunSystemOptions options = RunSystemOptions.of(store, new FakeModels(), crowd).withSink(crowd);
    List<Footprint> footprints = new ArrayList<>();
    try (RunSystem runs = RunSystem.open(options)) {
      Thread answering = Thread.ofVirtual().start(() -> answer(runs));
      many(runs, 0, WARM_UP);
      footprints.add(footprint(WARM_UP));
      for (int i = 0; i < INTERVALS; i++) {
        int from = WARM_UP + runsToMeasure * i / INTERVALS;
        int to = WARM_UP + runsToMeasure * (i + 1) / INTERVALS;
        many(runs, from, to);
        footprints.add(footprint(to));
      }
      answering.interrupt();
      answering.join();
      assertThat(crowd.openTools).hasValue(0);
      assertThat(runs.activeRuns()).isZero();
    }
    isFlat(footprints);
  }

  private Footprint footprint(int runs) {
    Footprint footprint = Footprint.after(runs, folder.resolve("threads"));
    IO.println(footprint + ", " + crowd.told.sum() + " messages told");
    return footprint;
  }

  private static void isFlat(List<Footprint> footprints) {
    Footprint first = footprints.getFirst();
    for (Footprint later : footprints) {
      long more = HEAP_BYTES_A_RUN * (later.runs() - first.runs());
      assertThat(later.heapBytes())
          .as("%s", later)
          .isLessThan(first.heapBytes() + more + HEAP_BYTES_AT_ALL);
      assertThat(later.threads()).as("%s", later).isLessThanOrEqualTo(first.threads() + FEW);
      assertThat(later.openFiles()).as("%s", later).isLessThanOrEqualTo(first.openFiles() + FEW);
    }
  }

  private void many(RunSystem runs, int from, int to) throws InterruptedException {
    List<Callable<Boolean>> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      int own = worker;
      workers.add(() -> {
        for (int number = from + own; number < to; number += WORKERS) {
          one(runs, number);
        }
        return true;
      });
    }
    assertThat(TaskScope.all("worker", workers)).doesNotContain(false);
  }

  /// A run and two clients of its own; every kind of end has its turn.
  private void one(RunSystem runs, int number) throws InterruptedException {
    ClientId owner = new ClientId("owner-" + number);
    ClientId visitor = new ClientId("visitor-" + number);
    String strategy = STRATEGIES.get(number % STRATEGIES.size());
    String id =
        runs.prepareRun(owner, PrepareRunOptions.of(folder.resolve(strategy + ".yaml")))
            .runId()
            .value();
    runs.subscribe(visitor, id, OptionalLong.of(0));
    runs.actions().steer(id, "be brief");
    if (number % 7 != 0) {
      runs.startRun(owner, id, Optional.of("hello " + number), Optional.of("r" + number));
    }
    runs.unsubscribe(visitor, id);
    runs.attach(visitor, id, OptionalLong.empty(), Optional.empty());
    if (strategy.equals("hang") || number % 7 == 0 || number % 11 == 0) {
      runs.stopRun(id);
    }
    runs.await(id);
    if (strategy.equals("echo") && number % 7 != 0) {
      goOn(runs, owner, id);
    }
    if (number % 2 == 0) {
      runs.unsubscribe(owner, id);
    }
    runs.forget(owner);
    runs.forget(visitor);
  }

  private static void goOn(RunSystem runs, ClientId owner, String id) throws InterruptedException {
    runs.prepareRun(owner, PrepareRunOptions.continuing(id));
    runs.continueRun(owner, id, "go on", Optional.empty());
    runs.await(id);
  }

  private void answer(RunSystem runs) {
    try {
      while (true) {
        runs.actions().resolveInput(ANSWERS, crowd.asking.take().value(), "user", "yes");
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
