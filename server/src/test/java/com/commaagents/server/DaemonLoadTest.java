package com.commaagents.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.server.fakes.FakeModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What many events, many runs and clients that do not read do to a daemon.
final class DaemonLoadTest {
  private static final int RUNS = 5_000;
  private static final int MAX_FINISHED_IN_MEMORY = 1_000;
  // 20,000 deltas, 40 MB: more than both kernels and the queue of a connection hold.
  private static final int FLOODS = 4;
  private static final int AHEAD = 500;

  private final DaemonFixture fixture;

  DaemonLoadTest(@TempDir Path folder) throws InterruptedException {
    fixture = new DaemonFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aSubscriberThatDoesNotReadDelaysNobodyAndIsClosed()
      throws IOException, InterruptedException {
    fixture.cycle("flood", FLOODS);
    try (WireClient reading = fixture.connect();
        WireClient stalled = fixture.connectStalled()) {
      String run = fixture.prepare(reading, "flood");
      stalled.send(new ClientMessage.Subscribe(run, OptionalLong.empty(), Optional.empty()));
      // What it asked is done when others hear what it asked for after it.
      stalled.send(new ClientMessage.SteerRun(run, "go", Optional.empty()));
      reading.next("steer_queued");
      fixture.start(reading, run);
      reading.next("strategy_started");

      long thought = readFlood(reading);

      assertThat(thought)
          .isEqualTo((long) FLOODS * FakeModels.FLOOD_DELTAS * FakeModels.FLOOD_DELTA.length());
      await()
          .atMost(WireClient.PATIENCE)
          .until(() -> fixture.health().path("connectedClients").intValue() == 1);
      stalled.readOn();
      assertThat(stalled.awaitEnd()).isIn(Optional.of(1013), Optional.empty());
    }
  }

  @Test
  void thousandsOfRunsLeaveNothingBehind() throws IOException, InterruptedException {
    fixture.strategy("echo");
    try (WireClient client = fixture.connect()) {
      for (int i = 0; i < RUNS; i++) {
        fixture.start(client, fixture.prepare(client, "echo"));
        client.textsUntil("strategy_completed");
      }
      await()
          .atMost(WireClient.PATIENCE)
          .until(() -> fixture.runs.runsInMemory().size() <= MAX_FINISHED_IN_MEMORY);
      assertThat(fixture.health().path("activeRuns").intValue()).isZero();
      assertThat(fixture.tools.open).hasValue(0);
      assertThat(fixture.runs.runStore().list()).hasSize(RUNS);
    }
    await()
        .atMost(WireClient.PATIENCE)
        .until(() -> fixture.health().path("connectedClients").intValue() == 0);
  }

  /// Lets the model go on as fast as this client reads, to the end of the run.
  ///
  /// @return how many characters of thinking came
  private long readFlood(WireClient reading) throws InterruptedException {
    long thought = 0;
    fixture.models.further.release(AHEAD);
    String text = reading.nextText();
    while (!text.startsWith("{\"type\":\"strategy_")) {
      int deltas = occurrences(text);
      thought += (long) deltas * FakeModels.FLOOD_DELTA.length();
      fixture.models.further.release(deltas);
      text = reading.nextText();
    }
    assertThat(text).startsWith("{\"type\":\"strategy_completed\"");
    return thought;
  }

  /// How many whole deltas a frame holds.
  private static int occurrences(String text) {
    int count = 0;
    for (int at = text.indexOf(FakeModels.FLOOD_DELTA);
        at >= 0;
        at = text.indexOf(FakeModels.FLOOD_DELTA, at + FakeModels.FLOOD_DELTA.length())) {
      count++;
    }
    return count;
  }
}
