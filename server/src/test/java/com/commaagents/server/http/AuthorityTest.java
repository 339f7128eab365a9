package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:7422",
        "localhost.",
        "localhost.:80",
        "app.localhost:1",
        "a.b.localhost",
        "127.0.0.1",
        "127.0.0.1:65535",
        "127.255.255.255:0",
        "127.1.2.3:",
        "[::1]",
        "[::1]:7422"
      })
  void knowsWhatCanOnlyBeThisMachine(String host) {
    assertThat(Authority.parse(host)).map(Authority::isLoopbackName).contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.com",
        "localhost.evil.com",
        "evillocalhost",
        "127.0.0.1.evil.com",
        "127.0.0.1.nip.io:7422",
        "128.0.0.1",
        "127.1",
        "2130706433",
        "127.0.0.256",
        "127.0.0.01",
        "0127.0.0.1",
        "127.0.0.1.1",
        "0.0.0.0",
        "10.0.0.1",
        "[::]",
        "[::2]",
        "[::ffff:10.0.0.1]"
      })
  void takesNoOtherNameForThisMachine(String host) {
    assertThat(Authority.parse(host)).map(Authority::isLoopbackName).contains(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        ".localhost",
        "a..localhost",
        ".",
        "local host",
        "user@localhost",
        "localhost/",
        "localhost:65536",
        "localhost:+80",
        "localhost:-1",
        "localhost:80:80",
        "localhost:8a",
        "localhost,evil.com",
        "löcalhost",
        "::1",
        "[::1",
        "[]",
        "[::1]x",
        "[::g]",
        "localhost:000080",
        "local\thost"
      })
  void refusesWhatIsNoHostAndPort(String host) {
    assertThat(Authority.parse(host)).isEmpty();
  }

  @Test
  void writesNamesInOneWay() {
    assertThat(Authority.parse("ExAmple.ORG.:8080"))
        .contains(new Authority("example.org", OptionalInt.of(8080)));
  }

  @Test
  void takesANameUpToItsLongest() {
    assertThat(Authority.parse("a".repeat(255))).isPresent();
    assertThat(Authority.parse("a".repeat(256))).isEmpty();
  }
}
