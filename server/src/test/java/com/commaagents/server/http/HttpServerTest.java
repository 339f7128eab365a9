package com.commaagents.server.http;

import static com.commaagents.server.http.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.server.http.RawClient.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpServerTest {
  private TestServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    server = new TestServer();
    client = new RawClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private static HttpSettings settings(String host, int port, String... token) {
    return new HttpSettings(
        host,
        port,
        Set.of(),
        Optional.ofNullable(token.length > 0 ? token[0] : null),
        TestServer.LIMITS);
  }

  private static HttpLimits limits(int maxConnections, Duration handshakeTimeout) {
    return new HttpLimits(1000, 1 << 20, maxConnections, Duration.ofSeconds(30), handshakeTimeout);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  @Test
  void answersHealth() throws IOException {
    client.write(get("/health"));
    assertThat(client.readReply())
        .isEqualTo(
            new Reply(
                200,
                Map.of(
                    "content-type", "application/json",
                    "content-length", String.valueOf(TestServer.DETAILS.length()),
                    "cache-control", "no-store",
                    "connection", "keep-alive"),
                TestServer.DETAILS));
  }

  @Test
  void answersManyRequestsOnOneConnectionInTurn() throws IOException {
    client.write(get("/health") + get("/nothing") + get("/ws") + get("/health"));
    assertThat(client.readReply().status()).isEqualTo(200);
    Reply missing = client.readReply();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("Not Found");
    assertThat(client.readReply().status()).isEqualTo(400);
    assertThat(client.readReply().body()).isEqualTo(TestServer.DETAILS);
  }

  @Test
  void answersThousandsOfPipelinedRequestsToAClientThatReadsLate() throws IOException {
    int requests = 5000;
    client.write(get("/health").repeat(requests));
    for (int i = 0; i < requests; i++) {
      assertThat(client.readReply().status()).isEqualTo(200);
    }
  }

  @Test
  void closesWhereTheClientAsksForIt() throws IOException {
    client.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(client.readReply().headers()).containsEntry("connection", "close");
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void closesAfterAnAnswerToHttp10() throws IOException {
    client.write("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assertThat(client.readReply().status()).isEqualTo(200);
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void answersARequestWithABodyBeforeItComesAndCloses() throws IOException {
    client.write("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc");
    assertThat(client.readReply().status()).isEqualTo(404);
    client.write("x".repeat(100_000));
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void leavesTheBodyOutOfTheAnswerToHead() throws IOException {
    client.write("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/health"));
    assertThat(client.readStatusOfHead()).isEqualTo(404);
    assertThat(client.readReply().status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNotHttpAndCloses() throws IOException {
    client.write("\u0016\u0003\u0001 what is this\r\n\r\n");
    assertThat(client.readReply().status()).isEqualTo(400);
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void answersWhatCameBeforePipelinedGarbage() throws IOException {
    client.write(get("/health") + "garbage\r\n\r\n" + get("/health"));
    assertThat(client.readReply().status()).isEqualTo(200);
    assertThat(client.readReply().status()).isEqualTo(400);
    assertThat(client.readsEnd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "+5", "1, 2", "99999999999999999999"})
  void refusesALengthThatIsNone(String length) throws IOException {
    client.write(
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
    assertThat(client.readReply().status()).isEqualTo(400);
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void limitsTheRequestLine() throws IOException {
    String around = "GET  HTTP/1.1";
    String longest = "/".repeat(HttpGate.MAX_LINE_BYTES - around.length());
    client.write(get(longest));
    assertThat(client.readReply().status()).isEqualTo(404);
    client.write(get(longest + "/"));
    assertThat(client.readReply().status()).isEqualTo(414);
  }

  @Test
  void limitsTheHeadersTogether() throws IOException {
    String used = "Host: localhostX: ";
    String longest = "x".repeat(HttpGate.MAX_HEADER_BYTES - used.length());
    client.write("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + longest + "\r\n\r\n");
    assertThat(client.readReply().status()).isEqualTo(200);
    client.write("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + longest + "xx\r\n\r\n");
    assertThat(client.readReply().status()).isEqualTo(431);
    assertThat(client.readsEnd()).isTrue();
  }

  @Test
  void closesAConnectionThatDoesNotEndItsRequestInTime() throws IOException, InterruptedException {
    try (TestServer impatient = new TestServer(limits(100, Duration.ofMillis(200)));
        RawClient slow = new RawClient(impatient.port());
        RawClient silent = new RawClient(impatient.port())) {
      slow.write("GET /health HTTP/1.1\r\nHost: loc");
      assertThat(slow.readsEnd()).isTrue();
      assertThat(silent.readsEnd()).isTrue();
    }
  }

  @Test
  void doesNotTimeOutAnUpgradedConnection() throws IOException, InterruptedException {
    try (TestServer impatient = new TestServer(limits(100, Duration.ofMillis(100)));
        RawClient silent = new RawClient(impatient.port());
        RawClient webSocket = RawClient.upgraded(impatient.port())) {
      assertThat(silent.readsEnd()).as("the time has passed").isTrue();
      webSocket.text("echo:still here");
      assertThat(webSocket.readFrame().text()).isEqualTo("still here");
    }
  }

  @Test
  void refusesOneConnectionTooManyWith503() throws IOException, InterruptedException {
    try (TestServer small = new TestServer(limits(2, Duration.ofSeconds(10)));
        RawClient first = RawClient.upgraded(small.port())) {
      small.nextPeer();
      try (RawClient second = RawClient.upgraded(small.port());
          RawClient third = new RawClient(small.port())) {
        third.write(handshake("Host: localhost"));
        assertThat(third.readReply().status()).isEqualTo(503);
        assertThat(third.readsEnd()).isTrue();
        second.text("echo:x");
        assertThat(second.readFrame().text()).isEqualTo("x");
      }
      small.nextPeer().awaitClosed();
      org.awaitility.Awaitility.await().until(() -> letsIn(small.port()));
      first.text("echo:y");
      assertThat(first.readFrame().text()).isEqualTo("y");
    }
  }

  private static boolean letsIn(int port) throws IOException {
    try (RawClient next = new RawClient(port)) {
      next.write(get("/health"));
      return next.readReply().status() == 200;
    }
  }

  @Test
  void appliesTheAdmissionRulesBeforeTheUpgrade() throws IOException {
    client.write(handshake("Host: evil.com"));
    assertThat(client.readReply().status()).isEqualTo(421);
    client.write(handshake("Host: localhost", "Origin: http://evil.com"));
    assertThat(client.readReply().status()).isEqualTo(403);
    client.write(handshake("Host: localhost", "Host: localhost"));
    assertThat(client.readReply().status()).isEqualTo(400);
    client.write(handshake("Host: localhost", "Origin: http://localhost"));
    assertThat(client.readReply().status()).isEqualTo(101);
  }

  @Test
  void answersTheUpgradeAsTheStandardSays() throws IOException {
    client.write(handshake("Host: localhost"));
    assertThat(client.readReply())
        .isEqualTo(
            new Reply(
                101,
                Map.of(
                    "upgrade", "websocket",
                    "connection", "Upgrade",
                    "sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                ""));
  }

  @Test
  void asksForTheTokenWhereOneIsSet() throws IOException, InterruptedException {
    try (TestServer guarded = new TestServer(settings("127.0.0.1", 0, "s3cret"));
        RawClient other = new RawClient(guarded.port())) {
      other.write(handshake("Host: localhost"));
      Reply refused = other.readReply();
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers()).containsEntry("www-authenticate", "Bearer");
      other.write(handshake("Host: localhost", "Sec-WebSocket-Protocol: a, bearer.s3cret"));
      assertThat(other.readReply().headers())
          .containsEntry("sec-websocket-protocol", "bearer.s3cret");
    }
  }

  @Test
  void hidesItsCountersWhereItIsNotBoundToLoopback() throws IOException, InterruptedException {
    try (TestServer remote = new TestServer(settings("0.0.0.0", 0, "s3cret"));
        RawClient other = new RawClient(remote.port())) {
      other.write("GET /health HTTP/1.1\r\nHost: comma.example.org\r\n\r\n");
      assertThat(other.readReply().body()).isEqualTo(TestServer.SUMMARY);
      other.write(handshake("Host: comma.example.org"));
      assertThat(other.readReply().status()).isEqualTo(401);
      other.write(handshake("Host: comma.example.org", "Authorization: Bearer s3cret"));
      assertThat(other.readReply().status()).isEqualTo(101);
    }
  }

  @Test
  void refusesToListenElsewhereWithoutAToken() {
    for (String host : Set.of("0.0.0.0", "::")) {
      Fault fault =
          catchThrowableOfType(Fault.class, () -> new TestServer(settings(host, 0)).close());
      assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
      assertThat(fault).hasMessageContaining(host).hasMessageContaining("auth.token");
    }
  }

  @Test
  void saysWhichPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Fault fault =
          catchThrowableOfType(
              Fault.class, () -> new TestServer(settings("127.0.0.1", port)).close());
      assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
      assertThat(fault).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("in use");
    }
  }

  @Test
  void saysWhichAddressIsNotOfThisMachine() {
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> new TestServer(settings("192.0.2.1", 0, "s3cret")).close());
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
    assertThat(fault).hasMessageContaining("192.0.2.1:0");
  }
}
