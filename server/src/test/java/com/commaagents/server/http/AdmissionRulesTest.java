package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.server.http.Admission.Health;
import com.commaagents.server.http.Admission.Refused;
import com.commaagents.server.http.Admission.Upgrade;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionRulesTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static AdmissionRules rules(boolean loopback, Optional<String> token) {
    return new AdmissionRules(
        new HttpSettings(
            "127.0.0.1", 7422, Set.of("https://ui.example.org"), token, HttpLimits.DEFAULT),
        loopback);
  }

  private static final AdmissionRules OPEN = rules(true, Optional.empty());
  private static final AdmissionRules WITH_TOKEN = rules(true, Optional.of("s3cret"));
  private static final AdmissionRules REMOTE = rules(false, Optional.of("s3cret"));

  private static HttpRequest get(String target) {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
  }

  private static HttpRequest upgrade(String host) {
    HttpRequest request = get("/ws");
    request
        .headers()
        .add("Host", host)
        .add("Upgrade", "websocket")
        .add("Connection", "keep-alive, Upgrade")
        .add("Sec-WebSocket-Version", "13")
        .add("Sec-WebSocket-Key", KEY);
    return request;
  }

  private static HttpRequest with(HttpRequest request, String name, String value) {
    request.headers().add(name, value);
    return request;
  }

  private static HttpStatus statusOf(Admission admission) {
    return switch (admission) {
      case Health() -> HttpStatus.OK;
      case Upgrade upgrade -> throw new AssertionError("let in: " + upgrade);
      case Refused(HttpStatus status, _) -> status;
    };
  }

  @Test
  void letsALocalClientInWithoutOrigin() {
    assertThat(OPEN.decide(upgrade("localhost:7422")))
        .isEqualTo(new Upgrade(KEY, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:7422", "https://ui.example.org", "https://ui.example.org:443"})
  void letsItsOwnPagesAndListedOriginsIn(String origin) {
    assertThat(OPEN.decide(with(upgrade("localhost:7422"), "Origin", origin)))
        .isEqualTo(new Upgrade(KEY, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://evil.com",
        "http://localhost:3000",
        "http://ui.example.org",
        "https://ui.example.org:8443",
        "https://ui.example.org.evil.com"
      })
  void refusesForeignOrigins(String origin) {
    assertThat(statusOf(OPEN.decide(with(upgrade("localhost:7422"), "Origin", origin))))
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void refusesTwoOriginsEvenWhereBothAreRight() {
    HttpRequest request = with(upgrade("localhost:7422"), "Origin", "http://localhost:7422");
    assertThat(statusOf(OPEN.decide(with(request, "Origin", "http://localhost:7422"))))
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/health", "/nothing"})
  void refusesNamesThatAreNotLoopbackOnEveryPath(String path) {
    HttpRequest request = with(get(path), "Host", "rebound.evil.com:7422");
    assertThat(statusOf(OPEN.decide(request))).isEqualTo(HttpStatus.MISDIRECTED_REQUEST);
  }

  @Test
  void takesAnyNameWhereItIsNotBoundToLoopback() {
    assertThat(REMOTE.decide(with(get("/health"), "Host", "comma.example.org")))
        .isEqualTo(new Health());
  }

  @Test
  void needsExactlyOneHost() {
    HttpRequest two = with(with(get("/health"), "Host", "localhost"), "Host", "localhost");
    assertThat(statusOf(OPEN.decide(get("/health")))).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(statusOf(OPEN.decide(two))).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(statusOf(OPEN.decide(with(get("/health"), "Host", "a b"))))
        .isEqualTo(HttpStatus.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:7422/health, localhost:7422, OK",
    "HTTP://LOCALHOST:7422/health?a=b, localhost:7422, OK",
    "http://localhost/health, localhost:80, OK",
    "http://evil.com/health, localhost:7422, BAD_REQUEST",
    "http://localhost:7422/health, evil.com, BAD_REQUEST",
    "http://evil.com/health, evil.com, MISDIRECTED_REQUEST",
    "http:///health, localhost, BAD_REQUEST",
    "http://localhost:7422, localhost:7422, NOT_FOUND",
    "ftp://localhost/health, localhost, NOT_FOUND"
  })
  void checksAnAbsoluteTargetAgainstTheHost(String target, String host, HttpStatus status) {
    assertThat(statusOf(OPEN.decide(with(get(target), "Host", host)))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "/health, OK",
    "/health?x=/ws, OK",
    "/health/, NOT_FOUND",
    "/Health, NOT_FOUND",
    "//ws, NOT_FOUND",
    "/%77s, NOT_FOUND",
    "/, NOT_FOUND",
    "*, NOT_FOUND",
    "/ws, BAD_REQUEST",
    "/ws?token=x, BAD_REQUEST"
  })
  void routesByThePathAlone(String target, HttpStatus status) {
    assertThat(statusOf(OPEN.decide(with(get(target), "Host", "localhost")))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "DELETE", "CONNECT"})
  void answersGetOnly(String method) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), "/health");
    assertThat(statusOf(OPEN.decide(with(request, "Host", "localhost"))))
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "BEARER   s3cret "})
  void takesTheTokenFromTheHeader(String value) {
    assertThat(WITH_TOKEN.decide(with(upgrade("localhost"), "Authorization", value)))
        .isEqualTo(new Upgrade(KEY, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer.s3cret", "comma, bearer.s3cret", "bearer.wrong,bearer.s3cret"})
  void takesTheTokenFromTheSubprotocolAndEchoesIt(String value) {
    assertThat(REMOTE.decide(with(upgrade("comma.example.org"), "Sec-WebSocket-Protocol", value)))
        .isEqualTo(new Upgrade(KEY, Optional.of("bearer.s3cret")));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Nothing, x",
    "Authorization, Bearer wrong",
    "Authorization, Bearer s3cre",
    "Authorization, Bearer s3cret2",
    "Authorization, Bearer S3CRET",
    "Authorization, Basic s3cret",
    "Authorization, s3cret",
    "Authorization, Bearer",
    "Sec-WebSocket-Protocol, bearer.wrong",
    "Sec-WebSocket-Protocol, Bearer.s3cret",
    "Sec-WebSocket-Protocol, bearer.",
    "Sec-WebSocket-Protocol, s3cret"
  })
  void refusesWhoHasNotTheToken(String name, String value) {
    for (AdmissionRules rules : Set.of(WITH_TOKEN, REMOTE)) {
      assertThat(statusOf(rules.decide(with(upgrade("localhost"), name, value))))
          .isEqualTo(HttpStatus.UNAUTHORIZED);
    }
  }

  @Test
  void refusesTwoAuthorizations() {
    HttpRequest request = with(upgrade("localhost"), "Authorization", "Bearer s3cret");
    assertThat(statusOf(WITH_TOKEN.decide(with(request, "Authorization", "Bearer s3cret"))))
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void refusesAForeignOriginEvenWithTheToken() {
    HttpRequest request = with(upgrade("localhost:7422"), "Authorization", "Bearer s3cret");
    assertThat(statusOf(WITH_TOKEN.decide(with(request, "Origin", "http://evil.com"))))
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void leavesHealthOpenWhereATokenIsSet() {
    assertThat(WITH_TOKEN.decide(with(get("/health"), "Host", "localhost")))
        .isEqualTo(new Health());
  }

  @Test
  void echoesABrowsersBearerOfferWhereNoTokenIsSet() {
    HttpRequest request = with(upgrade("localhost"), "Sec-WebSocket-Protocol", "bearer.any");
    assertThat(OPEN.decide(request)).isEqualTo(new Upgrade(KEY, Optional.of("bearer.any")));
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade, h2c, BAD_REQUEST",
    "Connection, keep-alive, BAD_REQUEST",
    "Content-Length, 5, BAD_REQUEST",
    "Transfer-Encoding, chunked, BAD_REQUEST",
    "Sec-WebSocket-Version, 8, UPGRADE_REQUIRED",
    "Sec-WebSocket-Version, , UPGRADE_REQUIRED",
    "Sec-WebSocket-Key, c2hvcnQ=, BAD_REQUEST",
    "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25jZQ=!, BAD_REQUEST",
    "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25j\u00e9Q==, BAD_REQUEST"
  })
  void refusesABrokenHandshake(String name, String value, HttpStatus status) {
    HttpRequest request = upgrade("localhost");
    request.headers().set(name, value == null ? "" : value);
    assertThat(statusOf(OPEN.decide(request))).isEqualTo(status);
  }

  @Test
  void refusesAnUpgradeOfHttp10() {
    HttpRequest request = upgrade("localhost").setProtocolVersion(HttpVersion.HTTP_1_0);
    assertThat(statusOf(OPEN.decide(request))).isEqualTo(HttpStatus.BAD_REQUEST);
  }
}
