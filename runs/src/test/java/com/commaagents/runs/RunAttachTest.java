package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunAttachTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");

  @TempDir Path folder;

  private final RecordingSink sink = new RecordingSink();
  private final MemoryRunStore store = new MemoryRunStore();
  private final RunSystem runs =
      RunSystem.open(RunSystemOptions.of(store, new FakeModels(), new FakeTools()).withSink(sink));

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
  }

  @Test
  void whoComesBackAtAnyPointHasTheSameText() throws Exception {
    RunId run = prepare("fake/slow");
    List<ClientId> returning = new ArrayList<>();
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    for (int i = 0; i < 40; i++) {
      ClientId client = new ClientId("returning-" + i);
      returning.add(client);
      runs.attach(client, run.value(), OptionalLong.empty(), Optional.of("a" + i));
      Thread.yield();
    }
    runs.await(run.value());

    String whole = text(sink.to(ALICE, run));
    assertThat(whole).startsWith("0 1 2 ").endsWith("499 ");
    for (ClientId client : returning) {
      RunSnapshot snapshot = snapshotTo(client, run);
      String said =
          snapshot.history().records().stream().map(CallRecord::text).reduce("", String::concat);
      String now = snapshot.inFlight().stream().map(Partial::text).reduce("", String::concat);
      List<PublishedMessage> live = sink.to(client, run);
      assertThat(said + now + text(live)).isEqualTo(whole);
      assertThat(live.stream().map(PublishedMessage::seq))
          .isEqualTo(
              sink.to(ALICE, run).stream()
                  .map(PublishedMessage::seq)
                  .filter(seq -> seq > snapshot.lastSeq())
                  .toList());
    }
  }

  @Test
  void replaysWhatCameAfterANumberAndGoesOn() throws Exception {
    RunId run = prepare("fake/echo");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    runs.await(run.value());

    runs.subscribe(BOB, run.value(), OptionalLong.of(3));

    assertThat(sink.to(BOB, run))
        .isEqualTo(sink.to(ALICE, run).stream().filter(told -> told.seq() > 3).toList());
    assertThat(sink.noticesTo(BOB, run)).isEmpty();
  }

  @Test
  void namesWhatIsNoLongerHeld() throws Exception {
    RunId run = prepare("fake/echo");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    runs.await(run.value());
    long last = sink.to(ALICE, run).getLast().seq();
    RecordingSink later = new RecordingSink();
    try (RunSystem reborn =
        RunSystem.open(
            RunSystemOptions.of(store, new FakeModels(), new FakeTools()).withSink(later))) {
      reborn.subscribe(BOB, run.value(), OptionalLong.of(2));
    }

    assertThat(later.noticesTo(BOB, run))
        .singleElement()
        .isInstanceOfSatisfying(
            RunNotice.ReplayGap.class,
            gap -> {
              assertThat(gap.fromSeq()).isEqualTo(3);
              assertThat(gap.toSeq()).isEqualTo(last);
            });
  }

  @Test
  void numbersOnAboveEverythingACrashedLifeMayHaveUsed() throws Exception {
    RunId run = prepare("fake/hang");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    sink.await(ALICE, run, message -> message.toString().contains("so far"));
    MemoryRunStore crashed = new MemoryRunStore();
    try (var log = crashed.log(run)) {
      log.append(store.read(run).entries());
    }
    long seen = sink.to(ALICE, run).getLast().seq();
    runs.stopRun(run.value());

    RecordingSink later = new RecordingSink();
    try (RunSystem reborn =
        RunSystem.open(
            RunSystemOptions.of(crashed, new FakeModels(), new FakeTools()).withSink(later))) {
      reborn.subscribe(BOB, run.value(), OptionalLong.of(seen));
      reborn.prepareRun(
          BOB, PrepareRunOptions.continuing(run.value()).withModelOverride("fake/echo"));
      reborn.continueRun(BOB, run.value(), "on", Optional.empty());
      reborn.await(run.value());
    }

    RunNotice.ReplayGap gap = (RunNotice.ReplayGap) later.noticesTo(BOB, run).getFirst();
    assertThat(gap.fromSeq()).isEqualTo(seen + 1);
    assertThat(later.to(BOB, run).getFirst().seq()).isEqualTo(gap.toSeq() + 1);
  }

  @Test
  void attachesToAFinishedRunThatIsOnlyOnDisk() throws Exception {
    RunId run = prepare("fake/echo");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    runs.await(run.value());
    try (RunSystem reborn =
        RunSystem.open(
            RunSystemOptions.of(store, new FakeModels(), new FakeTools()).withSink(sink))) {
      reborn.attach(BOB, run.value(), OptionalLong.empty(), Optional.of("x"));
    }

    RunSnapshot snapshot = snapshotTo(BOB, run);
    assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(snapshot.agents()).containsExactly("user", "a");
    assertThat(snapshot.history().result().orElseThrow().text()).isEqualTo("go!");
    assertThat(snapshot.lastSeq()).isEqualTo(sink.to(ALICE, run).getLast().seq());
  }

  @Test
  void showsWhatAStoppedCallHadSaid() throws Exception {
    RunId run = prepare("fake/hang");
    runs.startRun(ALICE, run.value(), Optional.of("go"), Optional.empty());
    sink.await(ALICE, run, message -> message.toString().contains("so far"));
    runs.stopRun(run.value());

    runs.attach(BOB, run.value(), OptionalLong.empty(), Optional.empty());

    RunSnapshot snapshot = snapshotTo(BOB, run);
    assertThat(snapshot.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(snapshot.partials()).extracting(Partial::text).containsExactly("so far");
  }

  @Test
  void showsOpenRequestsAndTellsTheOthersWhoAnswered() throws Exception {
    RunId run = prepare("chat");
    runs.startRun(ALICE, run.value(), Optional.empty(), Optional.empty());
    sink.await(ALICE, run, message -> message instanceof RunMessage.InputRequested);
    runs.attach(BOB, run.value(), OptionalLong.empty(), Optional.empty());

    runs.actions().resolveInput(ALICE, run.value(), "user", "hi");
    runs.await(run.value());

    assertThat(snapshotTo(BOB, run).pending())
        .extracting(PublishedMessage::message)
        .containsExactly(new RunMessage.InputRequested("user", "0", ""));
    assertThat(sink.noticesTo(BOB, run))
        .last()
        .isInstanceOfSatisfying(
            RunNotice.RequestResolved.class,
            resolved -> {
              assertThat(resolved.by()).isEqualTo(ALICE);
              assertThat(resolved.agentName()).contains("user");
            });
    assertThat(sink.noticesTo(ALICE, run)).isEmpty();
  }

  @Test
  void refusesToAttachToWhatDoesNotExist() {
    assertThatThrownBy(() -> runs.attach(BOB, "nothing", OptionalLong.empty(), Optional.empty()))
        .hasMessage("Run not found: nothing");
  }

  private RunSnapshot snapshotTo(ClientId client, RunId run) {
    return sink.noticesTo(client, run).stream()
        .filter(RunNotice.Snapshot.class::isInstance)
        .map(notice -> ((RunNotice.Snapshot) notice).snapshot())
        .findFirst()
        .orElseThrow();
  }

  private static String text(List<PublishedMessage> messages) {
    StringBuilder text = new StringBuilder();
    for (PublishedMessage message : messages) {
      if (message.message() instanceof RunMessage.AgentStreaming(var _, var event)
          && event instanceof StreamEvent.Text(var piece)) {
        text.append(piece);
      }
    }
    return text.toString();
  }

  private RunId prepare(String model) throws IOException, InterruptedException {
    boolean chat = model.equals("chat");
    Path file = folder.resolve("strategy.yaml");
    Files.writeString(
        file,
        """
        name: attach
        version: "1"
        agents:
          user: { type: user }
          a: { model: %s }
        flow: { type: sequential, name: main, steps: [%s{agent: a}] }
        """
            .formatted(chat ? "fake/echo" : model, chat ? "{agent: user}, " : ""));
    return runs.prepareRun(ALICE, PrepareRunOptions.of(file)).runId();
  }
}
