package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void readsWhatADaemonSaysThatIsWell() {
    assertThat(
            read(
                """
                {"status":"ok","uptime":7,"activeRuns":1,"connectedClients":2,"store":{"healthy":true},
                 "confinement":{"commands":"not confined","more":1}}
                """))
        .contains(
            new Health(
                7,
                Optional.of(1L),
                Optional.of(2L),
                Map.of("commands", "not confined"),
                Optional.empty()));
    assertThat(read("{\"status\":\"ok\"}"))
        .contains(new Health(0, Optional.empty(), Optional.empty(), Map.of(), Optional.empty()));
  }

  @Test
  void readsWhySomethingCannotBeWritten() {
    assertThat(
            read(
                """
                {"status":"degraded","uptime":7,
                 "store":{"healthy":false,"since":"2026-11-22T06:00:00.000Z","reason":"disk full"}}
                """))
        .contains(
            new Health(
                7,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of("cannot write since 2026-11-22T06:00:00.000Z: disk full")));
    assertThat(read("{\"status\":\"degraded\"}").orElseThrow().trouble()).contains("cannot write");
  }

  @Test
  void knowsThatSomebodyElseAnswers() {
    assertThat(read("{\"status\":\"fine\"}")).isEmpty();
    assertThat(read("[]")).isEmpty();
  }

  private static Optional<Health> read(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8)).flatMap(Health::read);
  }
}
