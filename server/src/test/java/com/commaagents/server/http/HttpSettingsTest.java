package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.commaagents.base.fault.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpSettingsTest {
  private static HttpSettings settings(int port, String origin, String token) {
    return new HttpSettings(
        "127.0.0.1", port, Set.of(origin), Optional.of(token), HttpLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a,b", "a\n", "ä", "\u007f"})
  void refusesATokenThatNoHeaderCouldCarry(String token) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> settings(1, "http://a", token))
        .withMessageContaining("auth.token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "example.org", "https://example.org/"})
  void refusesWhatIsNoOrigin(String origin) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> settings(1, origin, "token"))
        .withMessageContaining("\"" + origin + "\"");
  }

  @Test
  void refusesPortsThatDoNotExist() {
    assertThat(settings(65_535, "http://a", "t").port()).isEqualTo(65_535);
    assertThatExceptionOfType(Fault.class).isThrownBy(() -> settings(65_536, "http://a", "t"));
    assertThatExceptionOfType(Fault.class).isThrownBy(() -> settings(-1, "http://a", "t"));
  }

  @Test
  void neverShowsTheToken() {
    assertThat(settings(1, "http://a", "s3cret").toString())
        .contains("token set")
        .doesNotContain("s3cret");
  }

  @Test
  void refusesLimitsOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpLimits(0, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpLimits(1, 1, 1, Duration.ZERO, Duration.ofSeconds(1)));
  }
}
