package com.commaagents.runs.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.FakeClock;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubTest {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");

  private final RecordingSink sink = new RecordingSink();
  private final FakeClock clock = new FakeClock();
  private final Hub hub = new Hub(sink, clock);

  @AfterEach
  void keepsNothingOfWhatNobodyUses() {
    hub.release(RUN);
    hub.release(OTHER);
    hub.forget(ALICE);
    hub.forget(BOB);
    pastIsGivenUp();
    assertThat(hub.size()).isZero();
  }

  @Test
  void tellsThoseWhoFollowFromTheNextMessageOn() {
    Channel channel = hub.open(RUN, 0);
    publish(channel);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    publish(channel);
    hub.subscribe(RUN, BOB, OptionalLong.empty(), 0);
    publish(channel);
    hub.unsubscribe(RUN, ALICE);
    publish(channel);

    assertThat(seqs(ALICE, RUN)).containsExactly(2L, 3L);
    assertThat(seqs(BOB, RUN)).containsExactly(3L, 4L);
    assertThat(channel.lastSeq()).isEqualTo(4);
  }

  @Test
  void tellsAClientOnceHoweverOftenItSubscribes() {
    Channel channel = hub.open(RUN, 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    publish(channel);
    hub.unsubscribe(RUN, ALICE);
    publish(channel);
    hub.unsubscribe(RUN, ALICE);
    assertThat(seqs(ALICE, RUN)).containsExactly(1L);
  }

  @Test
  void keepsRunsApart() {
    Channel one = hub.open(RUN, 0);
    Channel two = hub.open(OTHER, 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    publish(one);
    publish(two);
    assertThat(seqs(ALICE, RUN)).containsExactly(1L);
    assertThat(seqs(ALICE, OTHER)).isEmpty();
    assertThat(one.lastSeq()).isEqualTo(two.lastSeq());
  }

  @Test
  void forgetsAClientEverywhere() {
    Channel one = hub.open(RUN, 0);
    Channel two = hub.open(OTHER, 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    hub.subscribe(OTHER, ALICE, OptionalLong.empty(), 0);
    hub.subscribe(OTHER, BOB, OptionalLong.empty(), 0);
    hub.forget(ALICE);
    publish(one);
    publish(two);
    assertThat(sink.to(ALICE, RUN)).isEmpty();
    assertThat(sink.to(ALICE, OTHER)).isEmpty();
    assertThat(seqs(BOB, OTHER)).containsExactly(1L);
  }

  @Test
  void keepsTheFollowersAndTheNumberingOfAFinishedRun() {
    Channel first = hub.open(RUN, 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    publish(first);
    hub.release(RUN);

    publish(hub.open(RUN, 1));
    assertThat(seqs(ALICE, RUN)).containsExactly(1L, 2L);
  }

  @Test
  void goesOnAboveTheNumbersOfAFormerLife() {
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 3);
    publish(hub.open(RUN, 7));
    publish(hub.open(RUN, 2));
    assertThat(seqs(ALICE, RUN)).containsExactly(8L, 9L);
  }

  @Test
  void keepsTheChannelOfALiveRunThatNobodyFollows() {
    Channel channel = hub.open(RUN, 0);
    publish(channel);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    hub.unsubscribe(RUN, ALICE);
    assertThat(hub.open(RUN, 0)).isSameAs(channel);
    hub.release(RUN);
    pastIsGivenUp();
    assertThat(hub.size()).isZero();
  }

  @Test
  void dropsAFinishedRunWithItsLastFollower() {
    hub.open(RUN, 0);
    hub.subscribe(RUN, ALICE, OptionalLong.empty(), 0);
    hub.subscribe(RUN, BOB, OptionalLong.empty(), 0);
    hub.release(RUN);
    pastIsGivenUp();
    hub.unsubscribe(RUN, ALICE);
    // Its channel, whom Bob follows, and by how many it is followed.
    assertThat(hub.size()).isEqualTo(3);
    hub.forget(BOB);
    assertThat(hub.size()).isZero();
  }

  @Test
  void hasNothingToDoForStrangers() {
    hub.release(RUN);
    hub.unsubscribe(RUN, ALICE);
    hub.forget(ALICE);
    pastIsGivenUp();
    assertThat(hub.size()).isZero();
  }

  @Test
  void givesEachFollowerAllFromItsFirstMessageToItsLast() throws InterruptedException {
    int messages = 3_000;
    Channel channel = hub.open(RUN, 0);
    AtomicBoolean done = new AtomicBoolean();
    List<ClientId> clients = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ClientId client = new ClientId("c" + i);
      clients.add(client);
      threads.add(Thread.ofPlatform().start(() -> comeAndGo(client, done)));
    }
    for (int i = 0; i < messages; i++) {
      publish(channel);
    }
    done.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    publish(channel);

    for (ClientId client : clients) {
      List<Long> seen = seqs(client, RUN);
      assertThat(seen)
          .isEqualTo(LongStream.rangeClosed(seen.getFirst(), messages + 1L).boxed().toList());
      hub.forget(client);
    }
  }

  /// Follows another run again and again, and this one once, at some moment.
  private void comeAndGo(ClientId client, AtomicBoolean done) {
    hub.subscribe(RUN, client, OptionalLong.empty(), 0);
    while (!done.get()) {
      hub.subscribe(OTHER, client, OptionalLong.empty(), 0);
      hub.unsubscribe(OTHER, client);
    }
  }

  /// Lets the time go by for which pasts are held, and uses the hub.
  private void pastIsGivenUp() {
    clock.moveOn(Hub.PAST_HELD);
    ClientId passer = new ClientId("passer-by");
    RunId elsewhere = new RunId("elsewhere");
    hub.subscribe(elsewhere, passer, OptionalLong.empty(), 0);
    hub.unsubscribe(elsewhere, passer);
  }

  private static void publish(Channel channel) {
    channel.publish(Instant.EPOCH, new RunMessage.SteerQueued("x"));
  }

  private List<Long> seqs(ClientId client, RunId run) {
    return sink.to(client, run).stream().map(PublishedMessage::seq).toList();
  }
}
