package com.commaagents.base.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  @Test
  void writesMillisecondsInUtc() {
    assertThat(Timestamps.format(Instant.parse("2026-11-22T06:36:14.918999Z")))
        .isEqualTo("2026-11-22T06:36:14.918Z");
    assertThat(Timestamps.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  @Test
  void isReadBackAsWhatItWas() {
    List<String> texts =
        List.of("0000-01-01T00:00:00.000Z", "1999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
    assertThat(texts)
        .allSatisfy(text -> assertThat(Timestamps.format(Instant.parse(text))).isEqualTo(text));
  }
}
