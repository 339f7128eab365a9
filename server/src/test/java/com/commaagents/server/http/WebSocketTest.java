package com.commaagents.server.http;

import static com.commaagents.server.http.RawClient.BINARY;
import static com.commaagents.server.http.RawClient.CLOSE;
import static com.commaagents.server.http.RawClient.CONTINUATION;
import static com.commaagents.server.http.RawClient.PING;
import static com.commaagents.server.http.RawClient.PONG;
import static com.commaagents.server.http.RawClient.TEXT;
import static com.commaagents.server.http.RawClient.closePayload;
import static com.commaagents.server.http.RawClient.frame;
import static com.commaagents.server.http.RawClient.handshake;
import static com.commaagents.server.http.TestServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.commaagents.server.http.RawClient.Frame;
import com.commaagents.server.http.TestServer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One connection and the rules of RFC 6455, on a socket.
final class WebSocketTest {
  private TestServer server;
  private RawClient client;
  private Peer peer;

  @BeforeEach
  void connect() throws IOException, InterruptedException {
    server = new TestServer();
    client = RawClient.upgraded(server.port());
    peer = server.nextPeer();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void hearsMessagesInOrder() throws IOException {
    client.text("a");
    client.write(frame(BINARY, true, utf8("☃")));
    client.write(frame(TEXT, false, utf8("c")));
    client.write(frame(CONTINUATION, true, utf8("d")));
    peer.awaitHeard("a", "☃", "cd");
  }

  @Test
  void hearsWhatCameTogetherWithTheHandshake() throws IOException, InterruptedException {
    try (RawClient hasty = new RawClient(server.port())) {
      byte[] early = frame(TEXT, true, utf8("echo:early"));
      hasty.write(handshake("Host: localhost") + new String(early, StandardCharsets.ISO_8859_1));
      assertThat(hasty.readReply().status()).isEqualTo(101);
      assertThat(hasty.readFrame()).isEqualTo(Frame.text("early"));
      server.nextPeer().awaitHeard("echo:early");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 125, 126, 65_526, 65_535, 65_536, FrameWriter.CHUNK_BYTES * 3 + 1, 12 << 20})
  void sendsMessagesOfEverySize(int length) throws IOException {
    peer.connection.send(message("x".repeat(length)));
    peer.connection.send(message("next"));
    assertThat(client.readFrame()).isEqualTo(Frame.text("x".repeat(length)));
    assertThat(client.readFrame()).isEqualTo(Frame.text("next"));
  }

  @Test
  void sendsABurstInOrder() throws IOException {
    int frames = 20_000;
    for (int i = 0; i < frames; i++) {
      peer.connection.send(message("delta " + i));
    }
    for (int i = 0; i < frames; i++) {
      assertThat(client.readFrame()).isEqualTo(Frame.text("delta " + i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125})
  void answersAPingWithItsPayload(int length) throws IOException {
    client.write(frame(PING, true, utf8("p".repeat(length))));
    assertThat(client.readFrame()).isEqualTo(new Frame(PONG, true, "p".repeat(length)));
  }

  @Test
  void answersPingsInOrder() throws IOException {
    for (String payload : new String[] {"1", "2", "3"}) {
      client.write(frame(PING, true, utf8(payload)));
    }
    for (String payload : new String[] {"1", "2", "3"}) {
      assertThat(client.readFrame()).isEqualTo(new Frame(PONG, true, payload));
    }
  }

  @Test
  void takesAMessageOfItsLargestSize() throws IOException {
    String largest = "x".repeat(TestServer.LIMITS.maxMessageBytes());
    client.text(largest);
    peer.awaitHeard(largest);
  }

  @Test
  void closesWith1009OnOneByteMore() throws IOException {
    client.text("x".repeat(TestServer.LIMITS.maxMessageBytes() + 1));
    assertThat(client.readClose().closeCode()).isEqualTo(1009);
    assertThat(client.readsEnd()).isTrue();
    peer.awaitClosed();
    assertThat(peer.heard).isEmpty();
  }

  @Test
  void closesWith1009OnFragmentsThatAreTooLargeTogether() throws IOException {
    client.write(frame(TEXT, false, utf8("x".repeat(900))));
    client.write(Arrays.copyOf(frame(0x80, 101, new byte[0]), 6));
    assertThat(client.readClose().closeCode()).isEqualTo(1009);
  }

  @Test
  void closesWith1007OnWhatIsNotUtf8() throws IOException {
    client.write(frame(TEXT, true, new byte[] {'a', (byte) 0xFF}));
    assertThat(client.readClose().closeCode()).isEqualTo(1007);
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void closesWith1002OnAnUnmaskedFrame() throws IOException {
    client.write(new byte[] {(byte) 0x81, 1, 'a'});
    assertThat(client.readClose().closeCode()).isEqualTo(1002);
  }

  @Test
  void deliversItsReasonToAClientThatStillSends() throws IOException {
    client.write(new byte[] {(byte) 0xF1, 1});
    client.write(new byte[200_000]);
    assertThat(client.readClose().closeCode()).isEqualTo(1002);
  }

  @Test
  void answersACloseWithItsCodeAndEndsTheConnection() throws IOException {
    client.text("last words");
    client.write(frame(CLOSE, true, closePayload(4321, "bye")));
    assertThat(client.readFrame())
        .isEqualTo(
            new Frame(
                CLOSE, true, new String(closePayload(4321, ""), StandardCharsets.ISO_8859_1)));
    assertThat(client.readsEnd()).isTrue();
    peer.awaitClosed();
    assertThat(peer.heard).containsExactly("last words");
    assertThat(peer.connection.isOpen()).isFalse();
  }

  @Test
  void answersAnEmptyCloseWithAnEmptyOne() throws IOException {
    client.write(frame(CLOSE, true, new byte[0]));
    assertThat(client.readFrame()).isEqualTo(new Frame(CLOSE, true, ""));
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void answersNothingAfterAClose() throws IOException {
    client.write(frame(CLOSE, true, closePayload(1000, "")));
    client.write(frame(PING, true, utf8("late")));
    assertThat(client.readFrame().closeCode()).isEqualTo(1000);
    client.setReadLimit(5000);
    peer.connection.send(message("late"));
    // An end or a reset, for bytes were left unread; but no frame.
    assertThat(catchFrame()).isEqualTo("nothing");
  }

  private String catchFrame() {
    try {
      return client.readFrame().toString();
    } catch (IOException ended) {
      return "nothing";
    }
  }

  @Test
  void sendsWhatIsQueuedBeforeItCloses() throws IOException {
    peer.connection.send(message("a"));
    peer.connection.send(message("b"));
    peer.connection.close(1000, "done");
    peer.connection.send(message("too late"));
    peer.connection.close(1011, "only the first counts");
    assertThat(client.readFrame()).isEqualTo(Frame.text("a"));
    assertThat(client.readFrame()).isEqualTo(Frame.text("b"));
    assertThat(client.readFrame())
        .isEqualTo(
            new Frame(
                CLOSE, true, new String(closePayload(1000, "done"), StandardCharsets.ISO_8859_1)));
    client.write(frame(CLOSE, true, closePayload(1000, "")));
    assertThat(client.readsEnd()).isTrue();
    peer.awaitClosed();
  }

  @Test
  void doesNotWaitForEverForTheAnswerToItsClose() throws IOException {
    peer.connection.close(1000, "");
    assertThat(client.readFrame().closeCode()).isEqualTo(1000);
    assertThat(client.readsEnd()).isTrue();
    peer.awaitClosed();
  }

  @Test
  void dropsMessagesThatComeAfterItsClose() throws IOException {
    peer.connection.close(1000, "");
    assertThat(client.readFrame().closeCode()).isEqualTo(1000);
    client.text("too late");
    client.write(frame(CLOSE, true, closePayload(1000, "")));
    peer.awaitClosed();
    assertThat(peer.heard).isEmpty();
  }

  @Test
  void cutsALongReasonBetweenCharacters() throws IOException {
    peer.connection.close(1000, "☃".repeat(100));
    byte[] payload = client.readFrame().payload().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8))
        .isEqualTo("☃".repeat(41));
  }

  @Test
  void refusesToCloseWithACodeThatMayNotTravel() {
    assertThatIllegalArgumentException().isThrownBy(() -> peer.connection.close(1006, ""));
  }

  @Test
  void tellsItsListenerOnceThatTheClientIsGone() throws IOException, InterruptedException {
    client.text("a");
    client.close();
    peer.awaitClosed();
    peer.connection.send(message("nobody hears this"));
    peer.connection.close(1000, "");
    server.close();
    assertThat(peer.closed).hasValue(1);
    assertThat(peer.heard).containsExactly("a");
  }

  @Test
  void closesWith1011WhereItsListenerThrows() throws IOException {
    client.text("throw");
    assertThat(client.readClose().closeCode()).isEqualTo(1011);
    peer.awaitClosed();
  }

  @Test
  void deliversEverythingWhereTheListenerIsSlow() throws IOException {
    int messages = 20_000;
    client.text("wait");
    Thread.ofVirtual().start(() -> IntStream.range(0, messages).forEach(i -> sendQuietly("m" + i)));
    peer.awaitHeard("wait");
    peer.letGo();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> peer.count.get() == messages + 1);
    assertThat(peer.heard.subList(1, messages + 1))
        .isEqualTo(IntStream.range(0, messages).mapToObj(i -> "m" + i).toList());
  }

  private void sendQuietly(String text) {
    try {
      client.text(text);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
