package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.FakeClock;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.fakes.RefusingStore;
import com.commaagents.runs.fakes.RefusingStore.Ends;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers and states of runs of which the timeline knows less than their clients.
class RunNumbersTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");
  private static final RunId RUN = new RunId("run-1");

  private final Path folder;
  private final RecordingSink sink = new RecordingSink();
  private final RefusingStore store = new RefusingStore();
  private final FakeClock clock = new FakeClock();
  private final RunSystem runs;

  RunNumbersTest(@TempDir Path folder) {
    this.folder = folder;
    RunSystemOptions usual = RunSystemOptions.of(store, new FakeModels(), new FakeTools());
    this.runs =
        RunSystem.open(
            usual.withSink(sink).withCwd(folder).withDataFolder(folder).withClock(clock));
  }

  @BeforeEach
  void writeStrategies() throws IOException {
    Strategies.write(folder);
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
  }

  @Test
  void goOnByOneAfterAnEndThatCouldNotBeWritten() throws InterruptedException {
    store.from(Ends.ARE_LOST);
    complete(RUN);
    store.from(Ends.ARE_KEPT);
    continueRun();

    assertThat(sink.to(ALICE, RUN))
        .extracting(PublishedMessage::seq)
        .isEqualTo(LongStream.rangeClosed(1, lastTold()).boxed().toList());
  }

  @Test
  void areThoseOfMemoryWhereTheTimelineKnowsFewer() throws InterruptedException {
    complete(RUN);
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.stopRun(RUN.value());
    runs.await(RUN.value());
    long last = lastTold();
    runs.forget(ALICE);
    clock.moveOn(Duration.ofMinutes(6));
    // The past is given up when the hub is used the next time.
    complete(new RunId("run-2"));

    runs.attach(BOB, RUN.value(), OptionalLong.empty(), Optional.empty());

    assertThat(sink.noticesTo(BOB, RUN))
        .singleElement()
        .isInstanceOfSatisfying(
            RunNotice.Snapshot.class,
            notice -> assertThat(notice.snapshot().lastSeq()).isEqualTo(last));
    continueRun();
    assertThat(sink.to(BOB, RUN).getFirst().seq()).isEqualTo(last + 1);
  }

  @Test
  void aStoppedContinuationGoesBackToWhatItsClientsWereTold() throws InterruptedException {
    store.from(Ends.ARE_KEPT_UNNOTICED);
    complete(RUN);
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.stopRun(RUN.value());
    runs.await(RUN.value());

    assertThat(store.find(RUN)).map(RunOverview::status).contains(RunStatus.ERROR);
    assertThat(runs.runsInMemory()).extracting(RunSummary::status).containsExactly(RunStatus.ERROR);
  }

  private long lastTold() {
    return sink.to(ALICE, RUN).getLast().seq();
  }

  private void complete(RunId run) throws InterruptedException {
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(run.value()),
            Optional.of("echo.yaml"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    runs.startRun(ALICE, run.value(), Optional.of("hello"), Optional.empty());
    runs.await(run.value());
  }

  private void continueRun() throws InterruptedException {
    runs.prepareRun(ALICE, PrepareRunOptions.continuing(RUN.value()));
    runs.continueRun(ALICE, RUN.value(), "again", Optional.empty());
    runs.await(RUN.value());
  }
}
