package com.commaagents.server;

import static com.commaagents.engine.event.ToolOutput.Stream.STDERR;
import static com.commaagents.engine.event.ToolOutput.Stream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.server.http.HttpLimits;
import com.commaagents.server.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What clients of the daemon see of a tool that talks while it runs.
final class ToolOutputTest {
  private static final String TOOL_OUTPUT = "{\"type\":\"tool_output\"";

  private final DaemonFixture fixture;

  ToolOutputTest(@TempDir Path folder) throws InterruptedException {
    fixture =
        new DaemonFixture(
            folder,
            new MemoryRunStore(),
            new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(),
                Optional.empty(),
                new HttpLimits(
                    1 << 20, 1 << 20, 10, Duration.ofSeconds(30), Duration.ofSeconds(10))));
  }

  @BeforeEach
  void writeStrategies() throws IOException {
    fixture.strategy("talk");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isToldBetweenTheCallAndItsResultToThoseWhoAskedForMore() throws InterruptedException {
    fixture.tools.speech =
        live -> {
          live.tell(STDOUT, "grüß\n");
          live.tell(STDERR, "oops");
        };
    try (WireClient known = fixture.connect();
        WireClient attached = fixture.connect();
        WireClient old = fixture.connect()) {
      String run = fixture.prepare(old, "talk");
      follow(known, run);
      attach(attached, run);
      fixture.start(old, run);

      List<String> toOld = old.textsUntil("strategy_completed");
      List<String> toKnown = known.textsUntil("strategy_completed");
      assertThat(attached.textsUntil("strategy_completed")).isEqualTo(toKnown);
      assertThat(toOld).noneMatch(text -> text.startsWith(TOOL_OUTPUT));
      assertThat(without(toKnown)).as("all else is the same").isEqualTo(toOld);
      assertThat(toKnown.stream().map(ToolOutputTest::kind))
          .containsSubsequence("tool-call", "tool_output", "tool_output", "tool-result")
          .filteredOn("tool_output"::equals)
          .hasSize(2);
      assertThat(pieces(toKnown))
          .extracting(piece -> Json.write(piece).replaceFirst("\"ts\":\"[^\"]+\"", "…"))
          .containsExactly(piece(run, "stdout", 0, "grüß\\n"), piece(run, "stderr", 1, "oops"));

      attached.send(new ClientMessage.Subscribe(run, OptionalLong.of(0), Optional.empty()));
      assertThat(attached.settle()).as("the replay").isEqualTo(toOld);
    }
  }

  @Test
  void isToldAgainToThoseWhoComeWhileTheCallRuns() throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    fixture.tools.speech =
        live -> {
          live.tell(STDOUT, "compiling\n");
          seen.await();
          live.tell(STDOUT, "testing\n");
        };
    try (WireClient first = fixture.connect();
        WireClient attached = fixture.connect();
        WireClient back = fixture.connect()) {
      String run = fixture.prepare(first, "talk");
      follow(first, run);
      fixture.start(first, run);
      first.next("tool_output");
      attach(attached, run);
      back.send(new ClientMessage.Subscribe(run, OptionalLong.of(1), Optional.empty()));
      assertThat(attached.next("tool_output").path("text").asString()).isEqualTo("compiling\n");
      assertThat(back.next("tool_output").path("text").asString()).isEqualTo("compiling\n");
      seen.countDown();

      List<String> rest = attached.textsUntil("strategy_completed");
      assertThat(rest.stream().map(ToolOutputTest::kind)).startsWith("tool_output", "tool-result");
      assertThat(pieces(rest))
          .extracting(piece -> piece.path("index").longValue())
          .containsExactly(1L);
      assertThat(back.textsUntil("strategy_completed")).isEqualTo(rest);
    }
  }

  @Test
  void endsWithTheRunThatIsStopped() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    fixture.tools.speech =
        live -> {
          live.tell(STDOUT, "before");
          try {
            new CountDownLatch(1).await();
          } finally {
            live.tell(STDOUT, "after");
            over.countDown();
          }
        };
    try (WireClient client = fixture.connect()) {
      String run = fixture.prepare(client, "talk");
      follow(client, run);
      fixture.start(client, run);
      client.next("tool_output");
      client.send(new ClientMessage.StopRun(run, Optional.empty()));
      client.next("strategy_error");
      over.await();
      assertThat(client.settle()).isEmpty();
    }
  }

  @Test
  void holdsNobodyUpWhereAClientDoesNotRead() throws InterruptedException {
    // Each such character takes six bytes on the wire: more than waits for a client in all.
    String wide = "\u0001".repeat(1 << 20);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch followed = new CountDownLatch(1);
    fixture.tools.speech =
        live -> {
          begun.countDown();
          followed.await();
          live.tell(STDOUT, wide);
          live.tell(STDERR, wide);
        };
    try (WireClient reader = fixture.connect();
        WireClient stalled = fixture.connectStalled()) {
      stalled.send(fixture.request("run-1", "talk"));
      stalled.send(new ClientMessage.Subscribe("run-1", OptionalLong.of(0), Optional.empty()));
      fixture.start(stalled, "run-1");
      begun.await();
      attach(reader, "run-1");
      followed.countDown();
      reader.textsUntil("strategy_completed");

      stalled.readOn();
      List<String> late = stalled.textsUntil("strategy_completed");
      assertThat(pieces(late).stream().map(piece -> piece.path("index").longValue()))
          .as("some are missing, and the numbers tell where")
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSizeLessThan(256);
      assertThat(without(late).stream().map(ToolOutputTest::kind))
          .containsSubsequence("tool-call", "tool-result", "strategy_completed");
    }
  }

  private static void follow(WireClient client, String run) throws InterruptedException {
    client.send(new ClientMessage.Subscribe(run, OptionalLong.of(0), Optional.empty()));
    assertThat(client.settle()).isEmpty();
  }

  private static void attach(WireClient client, String run) throws InterruptedException {
    client.send(new ClientMessage.AttachRun(run, OptionalLong.empty(), Optional.empty()));
    client.next("run_snapshot");
  }

  private static List<String> without(List<String> texts) {
    return texts.stream().filter(text -> !text.startsWith(TOOL_OUTPUT)).toList();
  }

  private static List<JsonNode> pieces(List<String> texts) {
    return texts.stream()
        .filter(text -> text.startsWith(TOOL_OUTPUT))
        .map(text -> Json.parse(text).orElseThrow())
        .toList();
  }

  private static String kind(String text) {
    JsonNode message = Json.parse(text).orElseThrow();
    return message.path("event").path("type").asString(message.path("type").stringValue());
  }

  private static String piece(String run, String stream, int index, String text) {
    return """
    {"type":"tool_output","runId":"%s","agentName":"a","path":"0","toolCallId":"call-1",\
    "toolName":"talk","stream":"%s","index":%d,"text":"%s",…}\
    """
        .formatted(run, stream, index, text);
  }
}
