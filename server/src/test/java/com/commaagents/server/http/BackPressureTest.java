package com.commaagents.server.http;

import static com.commaagents.server.http.TestServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.server.http.RawClient.Frame;
import com.commaagents.server.http.TestServer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that do not read, and what they must not do to others.
final class BackPressureTest {
  private static final int MAX_QUEUED = 1 << 20;
  private static final int SMALL_BUFFER = 4 << 10;
  // What a stalled socket may swallow before anything waits here: both kernels' buffers.
  private static final int MUCH = 64 << 20;

  private TestServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server =
        new TestServer(
            new HttpLimits(
                1 << 20, MAX_QUEUED, 100, Duration.ofSeconds(30), Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void resetsAClientThatDoesNotReadAndDelaysNobodyElse() throws IOException, InterruptedException {
    try (RawClient stalled = RawClient.upgraded(server.port(), SMALL_BUFFER)) {
      Peer slow = server.nextPeer();
      try (RawClient reading = RawClient.upgraded(server.port())) {
        Peer fast = server.nextPeer();
        Outgoing shared = message("x".repeat(10_000));
        int sent = 0;
        while (slow.connection.isOpen()) {
          slow.connection.send(shared);
          fast.connection.send(shared);
          assertThat(reading.readFrame().payload()).hasSize(10_000);
          assertThat(sent += 10_000).isLessThan(MUCH);
        }
        slow.awaitClosed();
        fast.connection.send(message("fine"));
        assertThat(reading.readFrame()).isEqualTo(Frame.text("fine"));
      }
      assertThat(stalled.readsEnd()).as("no orderly end").isFalse();
    }
  }

  @Test
  void closesWith1013WhereTheClientReadsAgainInTime() throws IOException, InterruptedException {
    try (RawClient late = RawClient.upgraded(server.port(), SMALL_BUFFER)) {
      Peer peer = server.nextPeer();
      Outgoing shared = message("x".repeat(10_000));
      while (peer.connection.isOpen()) {
        peer.connection.send(shared);
      }
      Frame frame = late.readFrame();
      while (frame.opcode() == RawClient.TEXT) {
        assertThat(frame.payload()).hasSize(10_000);
        frame = late.readFrame();
      }
      assertThat(frame.closeCode()).isEqualTo(1013);
      late.write(RawClient.frame(RawClient.CLOSE, true, RawClient.closePayload(1013, "")));
      assertThat(late.readsEnd()).isTrue();
      peer.awaitClosed();
    }
  }

  @Test
  void mergesDeltasForAClientThatReadsLateAndLosesNothing()
      throws IOException, InterruptedException {
    int deltas = 400_000;
    AtomicLong mergedBytes = new AtomicLong();
    try (RawClient late = RawClient.upgraded(server.port(), SMALL_BUFFER)) {
      Peer peer = server.nextPeer();
      for (int i = 0; i < deltas; i++) {
        peer.connection.send(Delta.of(mergedBytes, i, "agent", "x"));
      }
      assertThat(peer.connection.isOpen()).isTrue();
      peer.connection.send(message("end"));
      int expected = 0;
      int frames = 0;
      for (String text = late.readFrame().text(); !text.equals("end"); ) {
        int dash = text.indexOf('-');
        assertThat(Integer.parseInt(text.substring(0, dash))).isEqualTo(expected);
        expected = 1 + Integer.parseInt(text.substring(dash + 1, text.indexOf(':')));
        frames++;
        text = late.readFrame().text();
      }
      assertThat(expected).isEqualTo(deltas);
      assertThat(frames).isLessThan(deltas);
      assertThat(mergedBytes).hasPositiveValue();
    }
  }

  @Test
  void sendsAMessageThatIsLargerThanTheQueue() throws IOException, InterruptedException {
    try (RawClient client = RawClient.upgraded(server.port())) {
      Peer peer = server.nextPeer();
      peer.connection.send(message("x".repeat(5 * MAX_QUEUED)));
      peer.connection.send(message("next"));
      assertThat(client.readFrame().payload()).hasSize(5 * MAX_QUEUED);
      assertThat(client.readFrame()).isEqualTo(Frame.text("next"));
    }
  }

  @Test
  void sendsAnyAmountFromOneWhoWaitsForRoom() throws IOException, InterruptedException {
    int messages = 2000;
    try (RawClient client = RawClient.upgraded(server.port(), SMALL_BUFFER)) {
      Peer peer = server.nextPeer();
      Thread sender = Thread.ofVirtual().start(() -> sendWithRoom(peer.connection, messages));
      for (int i = 0; i < messages; i++) {
        assertThat(client.readFrame().payload()).hasSize(10_000);
      }
      sender.join();
    }
  }

  private static void sendWithRoom(Connection connection, int messages) {
    Outgoing shared = message("x".repeat(10_000));
    try {
      for (int i = 0; i < messages; i++) {
        connection.awaitRoom();
        connection.send(shared);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stopsReadingFromAClientWhoseListenerIsBusyAndFromNobodyElse()
      throws IOException, InterruptedException {
    try (RawClient eager = RawClient.upgraded(server.port(), SMALL_BUFFER)) {
      Peer busy = server.nextPeer();
      eager.text("wait");
      busy.awaitHeard("wait");
      byte[] large =
          RawClient.frame(
              RawClient.TEXT, true, "y".repeat(500_000).getBytes(StandardCharsets.UTF_8));
      // More than all buffers between the two hold.
      int messages = MUCH / large.length;
      Thread writer = Thread.ofVirtual().start(() -> write(eager, large, messages));
      await().until(() -> writer.getState() == Thread.State.WAITING);
      try (RawClient other = RawClient.upgraded(server.port())) {
        write(other, large, messages);
        other.text("echo:hello");
        assertThat(other.readFrame()).isEqualTo(Frame.text("hello"));
      }
      assertThat(writer.isAlive()).as("it still waits, where another was done").isTrue();
      assertThat(busy.count).hasValue(1);
      busy.letGo();
      await().atMost(Duration.ofSeconds(30)).until(() -> busy.count.get() == messages + 1);
    }
  }

  private static void write(RawClient client, byte[] bytes, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.write(bytes);
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
