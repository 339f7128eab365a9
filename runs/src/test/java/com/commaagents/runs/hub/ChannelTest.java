package com.commaagents.runs.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.runs.fakes.FakeClock;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.timeline.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What single clients are told of a run's stream, messages and notices in one order.
class ChannelTest {
  private static final RunId RUN = new RunId("run-1");
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");
  private static final ClientId CAROL = new ClientId("carol");
  private static final String EIGHTH = "x".repeat((int) ((ReplayWindow.MAX_BYTES / 8 - 200) / 2));

  private final OrderedSink sink = new OrderedSink();
  private final FakeClock clock = new FakeClock();
  private final Hub hub = new Hub(sink, clock);
  private final Channel channel = hub.open(RUN, 0);

  @Test
  void replaysExactlyWhatCameAfterANumber() {
    publish(5);
    hub.subscribe(RUN, ALICE, OptionalLong.of(2), 0);
    hub.subscribe(RUN, BOB, OptionalLong.of(0), 0);
    hub.subscribe(RUN, CAROL, OptionalLong.of(5), 0);
    publish(1);
    assertThat(sink.to(ALICE)).containsExactly("3", "4", "5", "6");
    assertThat(sink.to(BOB)).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(sink.to(CAROL)).containsExactly("6");
  }

  @Test
  void showsToolOutputToThoseWhoAskedForNotices() {
    hub.subscribe(RUN, ALICE, OptionalLong.of(0), 0);
    hub.subscribe(RUN, BOB, OptionalLong.empty(), 0);
    hub.attach(RUN, CAROL, OptionalLong.empty(), snapshot(0));
    publish(1);
    channel.show(output("out"));
    publish(1);

    assertThat(sink.to(ALICE)).containsExactly("1", "out", "2");
    assertThat(sink.to(BOB)).containsExactly("1", "2");
    assertThat(sink.to(CAROL)).containsExactly("snapshot 0", "1", "out", "2");
  }

  @Test
  void showsToolOutputAgainToThoseWhoComeWhileTheCallRuns() {
    publish(2);
    channel.show(output("out "));
    channel.show(output("put"));
    hub.subscribe(RUN, ALICE, OptionalLong.of(1), 0);
    hub.subscribe(RUN, BOB, OptionalLong.empty(), 0);
    hub.attach(RUN, CAROL, OptionalLong.empty(), snapshot(2));
    hub.attach(RUN, CAROL, OptionalLong.of(1), snapshot(2));

    assertThat(sink.to(ALICE)).containsExactly("2", "out ", "put");
    assertThat(sink.to(BOB)).isEmpty();
    assertThat(sink.to(CAROL)).containsExactly("snapshot 2", "out ", "put", "2", "out ", "put");
  }

  @Test
  void hasNothingToReplayAfterANumberThatIsStillToCome() {
    publish(2);
    hub.subscribe(RUN, ALICE, OptionalLong.of(99), 0);
    publish(1);
    assertThat(sink.to(ALICE)).containsExactly("3");
  }

  @Test
  void namesExactlyWhatIsMissingBeforeItReplaysTheRest() {
    publish(11, EIGHTH);
    hub.subscribe(RUN, ALICE, OptionalLong.of(0), 0);
    hub.subscribe(RUN, BOB, OptionalLong.of(2), 0);
    hub.subscribe(RUN, CAROL, OptionalLong.of(3), 0);
    assertThat(sink.to(ALICE)).containsExactly("gap 1-3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(sink.to(BOB)).startsWith("gap 3-3", "4").hasSize(9);
    assertThat(sink.to(CAROL)).startsWith("4").hasSize(8);
  }

  @Test
  void namesEverythingAsMissingOnceThePastIsGivenUp() {
    hub.subscribe(RUN, CAROL, OptionalLong.empty(), 0);
    publish(3);
    hub.release(RUN);
    clock.moveOn(Hub.PAST_HELD.minusNanos(1));
    hub.subscribe(RUN, ALICE, OptionalLong.of(1), 3);
    clock.moveOn(Duration.ofNanos(1));
    hub.subscribe(RUN, BOB, OptionalLong.of(1), 3);
    assertThat(sink.to(ALICE)).containsExactly("2", "3");
    assertThat(sink.to(BOB)).containsExactly("gap 2-3");
  }

  @Test
  void holdsThePastsOfSoManyFinishedRunsAndNotOfOneMore() {
    publish(1);
    hub.release(RUN);
    for (int i = 1; i < Hub.MAX_PASTS; i++) {
      finish(new RunId("other-" + i));
    }
    hub.subscribe(RUN, ALICE, OptionalLong.of(0), 1);
    hub.unsubscribe(RUN, ALICE);
    finish(new RunId("one-more"));
    hub.subscribe(RUN, BOB, OptionalLong.of(0), 1);
    assertThat(sink.to(ALICE)).containsExactly("1");
    assertThat(sink.to(BOB)).containsExactly("gap 1-1");
  }

  @Test
  void attachesWithoutASnapshotWhereEverythingIsStillHeld() {
    publish(4);
    hub.attach(RUN, ALICE, OptionalLong.of(2), snapshot(4));
    hub.attach(RUN, BOB, OptionalLong.of(4), snapshot(4));
    hub.attach(RUN, CAROL, OptionalLong.of(0), snapshot(4));
    publish(1);
    assertThat(sink.to(ALICE)).containsExactly("3", "4", "5");
    assertThat(sink.to(BOB)).containsExactly("5");
    assertThat(sink.to(CAROL)).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void attachesFromASnapshotWhereItIsNot() {
    publish(9, EIGHTH);
    hub.attach(RUN, ALICE, OptionalLong.of(0), snapshot(9));
    hub.attach(RUN, BOB, OptionalLong.empty(), snapshot(9));
    hub.attach(RUN, CAROL, OptionalLong.of(10), snapshot(9));
    publish(1);
    assertThat(sink.to(ALICE)).containsExactly("snapshot 9", "10");
    assertThat(sink.to(BOB)).containsExactly("snapshot 9", "10");
    assertThat(sink.to(CAROL)).containsExactly("snapshot 9", "10");
  }

  @Test
  void letsNobodyFollowFromASnapshotThatTheRunHasLeftBehind() {
    publish(2);
    assertThat(hub.attachIfStill(RUN, ALICE, OptionalLong.empty(), snapshot(1))).isFalse();
    assertThat(hub.attachIfStill(RUN, BOB, OptionalLong.empty(), snapshot(2))).isTrue();
    publish(1);
    assertThat(sink.to(ALICE)).isEmpty();
    assertThat(sink.to(BOB)).containsExactly("snapshot 2", "3");
  }

  @Test
  void goesOnTellingAFollowerWhoseSnapshotCameTooLate() {
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    publish(1);
    assertThat(hub.attachIfStill(RUN, ALICE, OptionalLong.empty(), snapshot(0))).isFalse();
    publish(1);
    assertThat(sink.to(ALICE)).containsExactly("1", "2");
  }

  @Test
  void givesNoticesOnlyToThoseWhoAskedAndReplaysThemInTheirPlace() {
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    hub.subscribe(RUN, BOB, OptionalLong.of(0), 0);
    hub.attach(RUN, CAROL, OptionalLong.empty(), snapshot(0));
    publish(1);
    channel.notice(resolved(), CAROL);
    publish(1);
    hub.unsubscribe(RUN, BOB);
    channel.notice(resolved(), CAROL);
    publish(1);
    hub.subscribe(RUN, BOB, OptionalLong.of(2), 0);

    assertThat(sink.to(ALICE)).containsExactly("1", "2", "3");
    assertThat(sink.to(BOB)).containsExactly("1", "resolved", "2", "resolved", "3");
    assertThat(sink.to(CAROL)).containsExactly("snapshot 0", "1", "2", "3");
  }

  @Test
  void givesNoNoticeToWhoHasLeft() {
    hub.subscribe(RUN, ALICE, OptionalLong.of(0), 0);
    hub.unsubscribe(RUN, ALICE);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    channel.notice(resolved(), CAROL);
    assertThat(sink.to(ALICE)).isEmpty();
  }

  @Test
  void whoComesBackAtAnyPointSeesEveryNumberOnce() throws InterruptedException {
    int messages = 20_000;
    comeAndGoWhile(() -> publish(messages));
    assertThat(sink.clients()).hasSize(6);
    for (ClientId client : sink.clients()) {
      assertThat(sink.to(client))
          .isEqualTo(IntStream.rangeClosed(1, messages).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void whoComesBackAfterPastsWereGivenUpSeesEveryNumberOrThatItIsMissing()
      throws InterruptedException {
    hub.subscribe(RUN, CAROL, OptionalLong.empty(), 0);
    comeAndGoWhile(() -> {
      for (int i = 0; i < 200; i++) {
        publish(50);
        hub.release(RUN);
        clock.moveOn(Hub.PAST_HELD);
        hub.subscribe(RUN, CAROL, OptionalLong.empty(), 0);
        hub.open(RUN, channel.lastSeq());
      }
    });
    for (ClientId client : sink.clients()) {
      assertThat(covered(sink.to(client))).as("%s", client).isEqualTo(200 * 50);
    }
  }

  @Test
  void losesNobodyWhoComesWhileTheLastOneGoes() {
    List<Runnable> meanwhile = new ArrayList<>();
    // A client is taken in, then the time is read, then it is told.
    Hub idle =
        new Hub(
            sink,
            new Clock() {
              @Override
              public Instant now() {
                meanwhile.forEach(Runnable::run);
                return Instant.EPOCH;
              }

              @Override
              public long nanos() {
                return 0;
              }

              @Override
              public void sleep(Duration duration) {}
            });
    idle.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    meanwhile.add(() -> idle.unsubscribe(RUN, ALICE));
    idle.subscribe(RUN, BOB, OptionalLong.empty(), 0);

    idle.open(RUN, 0).publish(Instant.EPOCH, new RunMessage.SteerQueued("x"));
    assertThat(sink.to(BOB)).containsExactly("1");
  }

  private void comeAndGoWhile(Runnable publishing) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(Seeds.of("runs.channel.seed", 7));
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ClientId client = new ClientId("c" + i);
      RandomGenerator own = random.split();
      threads.add(Thread.ofPlatform().start(() -> comeAndGo(client, own, done)));
    }
    publishing.run();
    done.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void comeAndGo(ClientId client, RandomGenerator random, AtomicBoolean done) {
    boolean last;
    do {
      last = done.get();
      long seen = last(sink.to(client));
      hub.subscribe(RUN, client, OptionalLong.of(seen), seen);
      for (int i = random.nextInt(20_000); i > 0; i--) {
        Thread.onSpinWait();
      }
      hub.unsubscribe(RUN, client);
    } while (!last);
  }

  /// The newest number a client knows of.
  private static long last(List<String> told) {
    return told.isEmpty()
        ? 0
        : Long.parseLong(told.getLast().substring(told.getLast().lastIndexOf('-') + 1));
  }

  /// How far a client has come without missing a number that it was not told is missing.
  private static long covered(List<String> told) {
    long next = 1;
    for (String line : told) {
      String[] range = line.replace("gap ", "").split("-", -1);
      assertThat(Long.parseLong(range[0])).as("in %s", line).isEqualTo(next);
      next = Long.parseLong(range[range.length - 1]) + 1;
    }
    return next - 1;
  }

  private void finish(RunId run) {
    hub.open(run, 0);
    hub.release(run);
  }

  private static RunNotice.ToolOutputShown output(String text) {
    return new RunNotice.ToolOutputShown(
        RUN,
        Instant.EPOCH,
        new ToolOutput("a", "0", "t1", "run_command", ToolOutput.Stream.STDOUT, 0, text));
  }

  private void publish(int count) {
    publish(count, "x");
  }

  private void publish(int count, String text) {
    for (int i = 0; i < count; i++) {
      channel.publish(Instant.EPOCH, new RunMessage.SteerQueued(text));
    }
  }

  private static RunNotice resolved() {
    return new RunNotice.RequestResolved(
        RUN, Instant.EPOCH, RunNotice.Kind.INPUT, Optional.of("user"), Optional.empty(), CAROL);
  }

  private static RunNotice.Snapshot snapshot(long lastSeq) {
    return new RunNotice.Snapshot(
        new RunSnapshot(
            RUN,
            Instant.EPOCH,
            RunStatus.RUNNING,
            "s",
            List.of(),
            Json.object(),
            List.of(),
            History.NONE,
            List.of(),
            List.of(),
            List.of(),
            lastSeq),
        Optional.empty());
  }

  private static final class OrderedSink implements EventSink {
    private final Map<ClientId, List<String>> told = new HashMap<>();

    @Override
    public synchronized void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
      subscribers.forEach(client -> send(client, message));
    }

    @Override
    public synchronized void send(ClientId client, PublishedMessage message) {
      tell(client, Long.toString(message.seq()));
    }

    @Override
    public synchronized void send(ClientId client, RunNotice notice) {
      tell(
          client,
          switch (notice) {
            case RunNotice.ReplayGap gap -> "gap " + gap.fromSeq() + "-" + gap.toSeq();
            case RunNotice.RequestResolved _ -> "resolved";
            case RunNotice.ToolOutputShown(var _, var _, var output) -> output.text();
            case RunNotice.Snapshot(var snapshot, var _) -> "snapshot " + snapshot.lastSeq();
          });
    }

    synchronized List<String> to(ClientId client) {
      return List.copyOf(told.getOrDefault(client, List.of()));
    }

    synchronized List<ClientId> clients() {
      return told.keySet().stream().filter(client -> client.value().matches("c\\d")).toList();
    }

    private void tell(ClientId client, String what) {
      told.computeIfAbsent(client, _ -> new ArrayList<>()).add(what);
    }
  }
}
