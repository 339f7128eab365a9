package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.task.TaskScope;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.Wire;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are deleted, in a run system that keeps them in files.
class DeleteRunTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final RunId RUN = new RunId("run-1");
  private static final String STRATEGY =
      """
      name: talk
      version: "1"
      agents:
        user: { type: user }
        a: { model: fake/echo }
      flow:
        type: sequential
        name: main
        steps: [{agent: %s}]
      """;

  @TempDir Path folder;

  private final Wire wire = new Wire();
  private final FakeTools tools = new FakeTools();
  private RunStore store;
  private RunSystem runs;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("echo.yaml"), STRATEGY.formatted("a"));
    Files.writeString(folder.resolve("ask.yaml"), STRATEGY.formatted("user"));
    store = FileRunStore.open(folder.resolve("runs"), "the test");
    runs = RunSystem.open(RunSystemOptions.of(store, new FakeModels(), tools).withSink(wire));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void removesARunFromDiskAndFromEveryList() throws Exception {
    complete();
    Files.writeString(folder.resolve("runs/run-1.config.json"), "{}");
    runs.deleteRun("run-1");

    assertThat(names()).noneMatch(name -> name.startsWith("run-1"));
    assertThat(store.list()).isEmpty();
    assertThat(runs.runsInMemory()).isEmpty();
    for (Callable<?> use : uses()) {
      assertThatThrownBy(use::call).isInstanceOf(Fault.class).hasMessage("Run not found: run-1");
    }
  }

  private List<Callable<?>> uses() {
    return List.of(
        () -> runs.await("run-1"),
        () -> runs.prepareRun(ALICE, PrepareRunOptions.continuing("run-1")),
        () -> {
          runs.deleteRun("run-1");
          return 0;
        },
        () -> {
          runs.subscribe(ALICE, "run-1", OptionalLong.empty());
          return 0;
        },
        () -> {
          runs.attach(ALICE, "run-1", OptionalLong.empty(), Optional.empty());
          return 0;
        });
  }

  @Test
  void leavesItsSubscribersWhichFollowTheNextRunOfThatId() throws InterruptedException {
    complete();
    long last = wire.of(RUN).getLast().seq();
    runs.deleteRun("run-1");
    complete();

    List<Long> numbers = wire.of(RUN).stream().map(PublishedMessage::seq).toList();
    assertThat(numbers.getLast()).isGreaterThan(last);
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void refusesARunThatIsPendingOrRunning() throws InterruptedException {
    prepare("ask");
    assertLive();
    runs.startRun(ALICE, "run-1", Optional.empty(), Optional.empty());
    assertLive();
    runs.stopRun("run-1");
    // Its clean-up is waited for.
    runs.deleteRun("run-1");
    assertThat(names()).noneMatch(name -> name.startsWith("run-1"));
    assertThat(tools.open).hasValue(0);
  }

  @Test
  void refusesAPreparedContinuationAndLeavesItsPast() throws InterruptedException {
    complete();
    runs.prepareRun(ALICE, PrepareRunOptions.continuing("run-1"));
    assertLive();
    runs.continueRun(ALICE, "run-1", "more", Optional.empty());
    assertThat(runs.await("run-1").orElseThrow().end()).isEqualTo(RunState.Finished.completed());
  }

  @Test
  void freesTheIdOfARunThatWasStoppedBeforeItsStart() throws InterruptedException {
    prepare("echo");
    runs.stopRun("run-1");
    assertThatThrownBy(() -> prepare("echo")).hasMessage("Run already exists: run-1");
    runs.deleteRun("run-1");
    complete();
  }

  @Test
  void knowsNoRunOfAStrangeName() {
    for (String id : List.of("nobody", "", "../run-1", "a/b", "..")) {
      assertThatThrownBy(() -> runs.deleteRun(id))
          .isInstanceOf(Fault.class)
          .hasMessage("Run not found: " + id)
          .extracting(fault -> ((Fault) fault).code())
          .isEqualTo(FaultCode.NOT_FOUND);
    }
  }

  @Test
  void deletesOnceWhereManyDeleteAndPrepareAtOnce() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      complete();
      Callable<Boolean> delete = () -> succeeds(() -> runs.deleteRun("run-1"));
      Callable<Boolean> prepare =
          () -> succeeds(() -> runs.prepareRun(ALICE, PrepareRunOptions.continuing("run-1")));
      List<Boolean> done = TaskScope.all("race", List.of(delete, prepare, delete));
      boolean prepared = done.get(1);
      assertThat(done.get(0) && done.get(2)).isFalse();
      assertThat(store.find(RUN).isPresent()).isEqualTo(prepared);
      if (prepared) {
        runs.stopRun("run-1");
        runs.deleteRun("run-1");
      }
    }
  }

  private interface Attempt {
    void run() throws InterruptedException;
  }

  private static boolean succeeds(Attempt attempt) throws InterruptedException {
    try {
      attempt.run();
      return true;
    } catch (Fault refused) {
      return false;
    }
  }

  @Test
  void takesNoDeletionOnceItIsShutDown() throws InterruptedException {
    complete();
    runs.shutdown();
    assertThatThrownBy(() -> runs.deleteRun("run-1")).hasMessage("Run system is shutting down");
    assertThat(names()).contains("run-1.jsonl");
  }

  private void assertLive() {
    assertThatThrownBy(() -> runs.deleteRun("run-1"))
        .isInstanceOf(Fault.class)
        .hasMessage("Run is live: run-1. Stop it first.")
        .extracting(fault -> ((Fault) fault).code())
        .isEqualTo(FaultCode.CONFLICT);
  }

  private void complete() throws InterruptedException {
    prepare("echo");
    runs.subscribe(Wire.WITNESS, "run-1", OptionalLong.of(0));
    runs.startRun(ALICE, "run-1", Optional.of("hello"), Optional.empty());
    runs.await("run-1");
  }

  private void prepare(String strategy) throws InterruptedException {
    prepare("run-1", strategy);
  }

  private void prepare(String runId, String strategy) throws InterruptedException {
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(runId),
            Optional.of(folder.resolve(strategy + ".yaml").toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
