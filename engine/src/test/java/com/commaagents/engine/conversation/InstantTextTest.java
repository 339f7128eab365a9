package com.commaagents.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T06:36:14.918Z",
        "0000-01-01T00:00:00.000Z",
        "1970-01-01T00:00:00.001Z",
        "2024-02-29T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z"
      })
  void readsWhatTheSlowWayReads(String text) {
    assertThat(InstantText.parse(text)).contains(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22T06:36:14Z",
        "2026-11-22T06:36:14.9180Z",
        "2026-11-31T06:36:14.918Z",
        "2026-13-22T06:36:14.918Z",
        "2026-00-22T06:36:14.918Z",
        "2026-11-00T06:36:14.918Z",
        "2026-11-22T24:36:14.918Z",
        "2026-11-22T06:60:14.918Z",
        "2026-11-22T06:36:60.918Z",
        "2026-11-22T06:36:1x.918Z",
        "2026-11-22 06:36:14.918Z",
        "2026-11-22T06:36:14.918z"
      })
  void leavesEverythingElseToTheSlowWay(String text) {
    assertThat(InstantText.parse(text)).isEmpty();
  }
}
