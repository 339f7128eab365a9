package com.commaagents.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.server.fakes.FakeConnection;
import com.commaagents.server.fakes.FixedClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final ClientId BOB = new ClientId("bob");
  private static final ClientId GONE = new ClientId("gone");
  private static final PublishedMessage STEERED =
      new PublishedMessage(
          new RunId("run-1"), 3, FixedClock.NOW, new RunMessage.SteerQueued("be brief"));
  private static final String STEERED_JSON =
      """
      {"type":"steer_queued","runId":"run-1","text":"be brief","seq":3,\
      "ts":"2026-11-22T06:36:14.918Z"}\
      """;

  private final Sessions sessions = new Sessions();
  private final FakeConnection alice = connected(ALICE);
  private final FakeConnection bob = connected(BOB);

  @Test
  void givesAllSubscribersTheSameBytes() {
    sessions.broadcast(STEERED, List.of(ALICE, BOB));
    assertThat(alice.texts()).containsExactly(STEERED_JSON);
    assertThat(bob.sent()).hasSize(1);
    assertThat(bob.sent().getFirst().utf8()).isSameAs(alice.sent().getFirst().utf8());
  }

  @Test
  void givesNothingToThoseWhoDoNotSubscribe() {
    sessions.broadcast(STEERED, List.of(BOB));
    sessions.broadcast(STEERED, List.of());
    assertThat(alice.sent()).isEmpty();
    assertThat(bob.sent()).hasSize(1);
  }

  @Test
  void goesOnWithTheOthersWhereASubscriberHasGone() {
    connected(GONE);
    sessions.remove(GONE);
    sessions.broadcast(STEERED, List.of(GONE, ALICE));
    sessions.send(GONE, pong());
    assertThat(alice.texts()).containsExactly(STEERED_JSON);
  }

  @Test
  void goesOnWithTheOthersWhereAConnectionIsClosed() {
    alice.close(1000, "");
    sessions.broadcast(STEERED, List.of(ALICE, BOB));
    assertThat(alice.sent()).isEmpty();
    assertThat(bob.texts()).containsExactly(STEERED_JSON);
  }

  @Test
  void sendsAReplyToOneClient() {
    sessions.send(BOB, pong());
    assertThat(alice.sent()).isEmpty();
    assertThat(bob.texts())
        .containsExactly(
            "{\"type\":\"pong\",\"ts\":\"2026-11-22T06:36:14.918Z\",\"requestId\":\"r\"}");
  }

  @Test
  void countsTheConnected() {
    assertThat(sessions.count()).isEqualTo(2);
    sessions.remove(BOB);
    sessions.remove(BOB);
    assertThat(sessions.count()).isEqualTo(1);
  }

  private FakeConnection connected(ClientId client) {
    FakeConnection connection = new FakeConnection();
    sessions.add(client, connection);
    return connection;
  }

  private static DaemonMessage pong() {
    return new DaemonMessage.Pong(new ReplyHeader(FixedClock.NOW, Optional.of("r")));
  }
}
