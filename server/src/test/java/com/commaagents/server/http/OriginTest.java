package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:7422, localhost:7422",
    "HTTP://LocalHost:7422, localhost:7422",
    "https://localhost:7422, localhost:7422",
    "http://localhost.:7422, localhost:7422",
    "http://localhost, localhost:80",
    "http://localhost:80, localhost",
    "http://localhost, localhost",
    "https://comma.example.org, comma.example.org",
    "https://comma.example.org:443, comma.example.org",
    "http://[::1]:7422, [::1]:7422"
  })
  void isOfTheServerWithItsHostAndPort(String origin, String host) {
    assertThat(isOf(origin, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, localhost:7422",
    "http://localhost, localhost:7422",
    "http://127.0.0.1:7422, localhost:7422",
    "http://evil.com:7422, localhost:7422",
    "http://localhost.evil.com:7422, localhost:7422",
    "https://localhost, localhost:80",
    "http://app.localhost:7422, localhost:7422",
    "chrome-extension://localhost:7422, localhost:7422",
    "file://localhost, localhost"
  })
  void isOfNoOtherServer(String origin, String host) {
    assertThat(isOf(origin, host)).isFalse();
  }

  private static boolean isOf(String origin, String host) {
    return Origin.parse(origin).orElseThrow().isOf(Authority.parse(host).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "*",
        "localhost:7422",
        "http://",
        "://localhost",
        "http://localhost/",
        "http://localhost:7422/ws",
        "http://user@localhost",
        "http://a http://b",
        "http://a, http://b",
        "ht!tp://localhost"
      })
  void refusesWhatIsNoOrigin(String origin) {
    assertThat(Origin.parse(origin)).isEmpty();
  }
}
