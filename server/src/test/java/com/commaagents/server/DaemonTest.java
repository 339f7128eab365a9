package com.commaagents.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.RunLimits;
import com.commaagents.protocol.message.CredentialType;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.server.fakes.FakeProviders;
import com.commaagents.server.fakes.UnwellStore;
import com.commaagents.server.http.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The daemon as its clients see it.
final class DaemonTest {
  private final DaemonFixture fixture;

  DaemonTest(@TempDir Path folder) throws InterruptedException {
    fixture = new DaemonFixture(folder);
  }

  @BeforeEach
  void writeStrategies() throws IOException {
    for (String name : List.of("echo", "steps", "hang", "fail")) {
      fixture.strategy(name);
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void tellsARunFromItsStartToItsEndInOrder() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      String run = fixture.prepare(client, "steps");
      fixture.models.further.release();
      fixture.start(client, run);
      List<JsonNode> told = trees(client.textsUntil("strategy_completed"));

      assertThat(told.stream().map(DaemonTest::kind))
          .containsExactly(
              "strategy_started",
              "step_started",
              "step-start",
              "text",
              "text",
              "agent_output",
              "done",
              "step_completed",
              "strategy_completed");
      assertThat(told).allMatch(event -> event.path("runId").stringValue().equals(run));
      assertThat(told.stream().map(event -> event.path("seq").longValue()))
          .isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
      assertThat(told.getFirst().path("requestId").stringValue()).isEqualTo("start-1");
      assertThat(told.getLast().path("requestId").stringValue()).isEqualTo("start-1");
      assertThat(told.getLast().path("result").stringValue()).isEqualTo("one two");
    }
  }

  @Test
  void endsARunThatReachesALimitWithTheLimitAndTheFigure() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      RunLimits fourTokens =
          new RunLimits(
              OptionalLong.of(4),
              OptionalDouble.empty(),
              OptionalLong.of(600_000),
              OptionalLong.of(10),
              OptionalLong.of(10));
      fixture.models.further.release();
      fixture.start(client, fixture.prepare(client, "steps", Optional.of(fourTokens)));
      JsonNode end = client.next("strategy_error");

      assertThat(end.path("error"))
          .isEqualTo(
              Json.object()
                  .put("code", "LIMIT_EXCEEDED")
                  .put(
                      "message",
                      "maxTokens: 5 tokens are spent; the limit is 4. Prepare the run with a higher"
                          + " limit to go on."));
      assertThat(end.path("requestId").stringValue()).isEqualTo("start-1");
    }
  }

  @Test
  void endsARunThatFailsWithAnErrorThatEchoesItsStart() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      fixture.start(client, fixture.prepare(client, "fail"));
      JsonNode end = client.next("strategy_error");
      assertThat(end.path("error").path("code").stringValue()).isEqualTo("EXECUTION_ERROR");
      assertThat(end.path("error").path("message").stringValue())
          .contains("fake: 400 no such thing");
      assertThat(end.path("requestId").stringValue()).isEqualTo("start-1");
      assertThat(client.settle()).isEmpty();
    }
  }

  @Test
  void tellsTwoSubscribersTheSameBytes() throws InterruptedException {
    try (WireClient alice = fixture.connect();
        WireClient bob = fixture.connect()) {
      String run = fixture.prepare(alice, "steps");
      bob.send(new ClientMessage.Subscribe(run, OptionalLong.empty(), Optional.empty()));
      bob.settle();
      fixture.models.further.release();
      fixture.start(alice, run);

      List<String> told = alice.textsUntil("strategy_completed");
      assertThat(told).hasSize(9);
      assertThat(bob.textsUntil("strategy_completed")).isEqualTo(told);
    }
  }

  @Test
  void tellsNothingToThoseWhoDoNotSubscribe() throws InterruptedException {
    try (WireClient alice = fixture.connect();
        WireClient bob = fixture.connect();
        WireClient carol = fixture.connect()) {
      String run = fixture.prepare(alice, "echo");
      carol.send(new ClientMessage.Subscribe(run, OptionalLong.empty(), Optional.empty()));
      carol.send(new ClientMessage.Unsubscribe(run, Optional.empty()));
      assertThat(carol.settle()).isEmpty();
      fixture.start(alice, run);
      alice.next("strategy_completed");
      assertThat(bob.settle()).isEmpty();
      assertThat(carol.settle()).isEmpty();
    }
  }

  @Test
  void goesOnWithARunWhoseClientHasGone() throws InterruptedException, IOException {
    try (WireClient alice = fixture.connect();
        WireClient bob = fixture.connect()) {
      String run = fixture.prepare(alice, "steps");
      bob.send(new ClientMessage.Subscribe(run, OptionalLong.empty(), Optional.empty()));
      bob.settle();
      fixture.start(alice, run);
      bob.next("agent_streaming");
      alice.drop();
      awaitClients(1);
      fixture.models.further.release();

      assertThat(bob.next("strategy_completed").path("result").stringValue()).isEqualTo("one two");
    }
  }

  @Test
  void keepsARunThatNobodyFollows() throws InterruptedException, IOException {
    try (WireClient alice = fixture.connect()) {
      String run = fixture.prepare(alice, "steps");
      fixture.start(alice, run);
      alice.next("strategy_started");
      alice.drop();
      awaitClients(0);
      fixture.models.further.release();
      fixture.runs.await(run);
      try (WireClient bob = fixture.connect()) {
        bob.send(continuing(run));
        assertThat(
                bob.next("run_prepared")
                    .path("conversation")
                    .path("records")
                    .path(0)
                    .path("text")
                    .stringValue())
            .isEqualTo("one two");
      }
    }
  }

  @Test
  void staysOpenWhateverItIsSent() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      client.sendText("{nope");
      assertThat(reply(client.next())).isEqualTo("error PARSE_ERROR Invalid JSON, no id");
      client.sendText("");
      assertThat(reply(client.next())).isEqualTo("error PARSE_ERROR Invalid JSON, no id");
      client.sendText("[1]");
      assertThat(reply(client.next())).startsWith("error VALIDATION_ERROR Invalid message: ");
      client.sendText("{\"type\":\"bogus\",\"requestId\":\"r-1\"}");
      assertThat(reply(client.next()))
          .startsWith("error VALIDATION_ERROR Invalid message: ")
          .endsWith(", r-1");
      client.sendText("{\"type\":\"start_run\",\"requestId\":\"r-2\"}");
      assertThat(reply(client.next()))
          .startsWith("error VALIDATION_ERROR Invalid message: runId: ")
          .endsWith(", r-2");
      client.sendText("{\"type\":\"ping\",\"requestId\":7}");
      assertThat(reply(client.next()))
          .startsWith("error VALIDATION_ERROR Invalid message: requestId: ")
          .endsWith(", no id");
      client.sendBinary(
          "{\"type\":\"ping\",\"requestId\":\"r-3\"}".getBytes(StandardCharsets.UTF_8));
      assertThat(client.next("pong").path("requestId").stringValue()).isEqualTo("r-3");
    }
  }

  @Test
  void staysOpenWhenAHandlerMeetsADefect() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      client.send(
          new ClientMessage.SetCredential(
              "defect",
              CredentialType.API,
              Optional.of("key"),
              Optional.empty(),
              Optional.empty(),
              Optional.of("r-1")));
      String answer = client.nextText();
      assertThat(reply(Json.parse(answer).orElseThrow()))
          .isEqualTo("error INTERNAL_ERROR The daemon could not do this; its log says why., r-1");
      assertThat(answer).doesNotContain(FakeProviders.DEFECT);
      assertThat(client.settle()).isEmpty();
    }
  }

  @Test
  void saysHowItIs() throws IOException, InterruptedException {
    try (WireClient client = fixture.connect()) {
      String run = fixture.prepare(client, "hang");
      JsonNode health = fixture.health();
      assertThat(health.path("uptime").isIntegralNumber()).isTrue();
      assertThat(health.path("uptime").longValue()).isNotNegative();
      ObjectNode expected =
          Json.object()
              .put("status", "ok")
              .put("uptime", health.path("uptime").intValue())
              .put("activeRuns", 1)
              .put("connectedClients", 1);
      expected.putObject("store").put("healthy", true);
      expected.putObject("confinement").put("commands", "confined by a fence");
      assertThat(health).isEqualTo(expected);
      client.send(new ClientMessage.StopRun(run, Optional.empty()));
      client.next("strategy_error");
      assertThat(fixture.health().path("activeRuns").intValue()).isZero();
    }
    awaitClients(0);
  }

  @Test
  void saysThatItsStoreCannotWriteAndWhenItCanAgain(@TempDir Path folder)
      throws IOException, InterruptedException {
    UnwellStore store = new UnwellStore();
    try (DaemonFixture unwell = new DaemonFixture(folder, store, HttpSettings.local(0))) {
      store.set(
          new StoreHealth.Unhealthy(Instant.parse("2026-11-22T06:00:00Z"), "a \"full\" disk"));
      assertThat(unwell.health().path("status").stringValue()).isEqualTo("degraded");
      assertThat(unwell.health().path("store"))
          .isEqualTo(
              Json.object()
                  .put("healthy", false)
                  .put("since", "2026-11-22T06:00:00.000Z")
                  .put("reason", "a \"full\" disk"));
      store.set(new StoreHealth.Healthy());
      assertThat(unwell.health().path("status").stringValue()).isEqualTo("ok");
    }
  }

  @Test
  void tellsItsClientsOfItsEndBeforeItCloses() throws InterruptedException {
    try (WireClient client = fixture.connect()) {
      String run = fixture.prepare(client, "hang");
      fixture.start(client, run);
      client.next("agent_streaming");
      fixture.daemon.close();

      JsonNode end = client.next("strategy_error");
      assertThat(end.path("runId").stringValue()).isEqualTo(run);
      assertThat(end.path("error"))
          .isEqualTo(
              Json.object()
                  .put("code", "CANCELLED")
                  .put("message", "Run cancelled: the run system is shutting down"));
      assertThat(client.awaitEnd()).contains(1001);
    }
  }

  private void awaitClients(int count) {
    await()
        .atMost(WireClient.PATIENCE)
        .until(() -> fixture.health().path("connectedClients").intValue() == count);
  }

  private static ClientMessage continuing(String run) {
    return new ClientMessage.PrepareRun(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<JsonNode> trees(List<String> texts) {
    return texts.stream().map(text -> Json.parse(text).orElseThrow()).toList();
  }

  /// A stream event's own type, else the message's.
  private static String kind(JsonNode event) {
    return event.path("event").path("type").stringValue(event.path("type").stringValue());
  }

  private static String reply(JsonNode message) {
    return "%s %s %s, %s"
        .formatted(
            message.path("type").stringValue(),
            message.path("code").stringValue(),
            message.path("message").stringValue(),
            message.path("requestId").stringValue("no id"));
  }
}
