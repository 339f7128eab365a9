package com.commaagents.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.EventHeader;
import com.commaagents.protocol.message.StreamEvent;
import com.commaagents.protocol.message.Usage;
import com.commaagents.server.fakes.FixedClock;
import com.commaagents.server.http.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EventFrameTest {
  private static final StreamEvent TEXT = new StreamEvent.Text("a");
  private static final StreamEvent THINKING = new StreamEvent.Thinking("t1", "a");

  @Test
  void isEncodedOnce() {
    AgentStreaming event = event(1, TEXT);
    EventFrame frame = new EventFrame(event);
    assertThat(frame.utf8()).isSameAs(frame.utf8()).isEqualTo(DaemonMessageEncoder.encode(event));
  }

  @Test
  void mergesTextWithTextAndThinkingWithThinkingOfTheSameId() {
    assertThat(frame(1, TEXT).mergesWith(frame(2, new StreamEvent.Text("b")))).isTrue();
    assertThat(frame(1, THINKING).mergesWith(frame(2, new StreamEvent.Thinking("t1", "b"))))
        .isTrue();
    assertThat(frame(1, THINKING).mergesWith(frame(2, new StreamEvent.Thinking("t2", "b"))))
        .isFalse();
  }

  @Test
  void mergesNoOtherPairOfKinds() {
    List<StreamEvent> kinds = oneOfEachKind();
    assertThat(kinds).hasSize(StreamEvent.class.getPermittedSubclasses().length);
    for (StreamEvent first : kinds) {
      for (StreamEvent second : kinds) {
        boolean delta = first instanceof StreamEvent.Text || first instanceof StreamEvent.Thinking;
        assertThat(frame(1, first).mergesWith(frame(2, second)))
            .as("%s, %s", first, second)
            .isEqualTo(delta && first.getClass().equals(second.getClass()));
      }
    }
  }

  @Test
  void neverMergesOverTheBoundsOfARunAnAgentOrAPlace() {
    EventFrame first = new EventFrame(event("run-1", "a", Optional.of("0"), 1, TEXT));
    assertThat(
            Stream.of(
                event("run-2", "a", Optional.of("0"), 2, TEXT),
                event("run-1", "b", Optional.of("0"), 2, TEXT),
                event("run-1", "a", Optional.of("1"), 2, TEXT),
                event("run-1", "a", Optional.empty(), 2, TEXT)))
        .noneMatch(other -> first.mergesWith(new EventFrame(other)));
  }

  @Test
  void neverMergesWithWhatIsNoDelta() {
    EventFrame text = frame(1, TEXT);
    EventFrame steered =
        new EventFrame(new DaemonMessage.SteerQueued(EventHeader.of("run-1", FixedClock.NOW), "a"));
    Outgoing reply = Outgoing.of("{}".getBytes(StandardCharsets.UTF_8));
    assertThat(text.mergesWith(steered)).isFalse();
    assertThat(steered.mergesWith(text)).isFalse();
    assertThat(steered.mergesWith(steered)).isFalse();
    assertThat(text.mergesWith(reply)).isFalse();
    assertThatThrownBy(() -> steered.mergedWith(List.of(text)))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> frame(1, new StreamEvent.StepStart()).mergedWith(List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hasTheNumberOfTheLastPartAndNamesTheFirst() {
    Outgoing merged =
        frame(5, TEXT)
            .mergedWith(
                List.of(frame(6, new StreamEvent.Text("b")), frame(7, new StreamEvent.Text("c"))));
    assertThat(new String(merged.utf8(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"type":"agent_streaming","runId":"run-1","agentName":"a","model":"fake/x",\
            "contextWindow":1000,"event":{"type":"text","text":"abc"},"fromSeq":5,"path":"0",\
            "seq":7,"ts":"2026-11-22T06:36:14.918Z"}\
            """);
  }

  @Test
  void keepsTheIdOfMergedThinking() {
    Outgoing merged =
        frame(5, THINKING).mergedWith(List.of(frame(6, new StreamEvent.Thinking("t1", "b"))));
    assertThat(Json.parse(merged.utf8()).orElseThrow().path("event"))
        .isEqualTo(
            Json.parse("{\"type\":\"thinking\",\"id\":\"t1\",\"text\":\"ab\"}").orElseThrow());
  }

  @Test
  void mergesMergedFramesOnWithTheFirstNumberOfAll() {
    Outgoing early = frame(5, TEXT).mergedWith(List.of(frame(6, TEXT)));
    Outgoing late = frame(7, TEXT).mergedWith(List.of(frame(8, TEXT)));
    assertThat(early.mergesWith(late)).isTrue();
    assertThat(early.mergesWith(frame(7, TEXT))).isTrue();
    assertThat(early.mergesWith(frame(7, THINKING))).isFalse();
    JsonNode json = Json.parse(early.mergedWith(List.of(late)).utf8()).orElseThrow();
    assertThat(json.path("fromSeq").longValue()).isEqualTo(5);
    assertThat(json.path("seq").longValue()).isEqualTo(8);
    assertThat(json.path("event").path("text").stringValue()).isEqualTo("aaaa");
  }

  @Test
  void putsACharacterTogetherThatWasSplitOverTwoDeltas() {
    Outgoing merged =
        frame(1, new StreamEvent.Text("\uD83D"))
            .mergedWith(List.of(frame(2, new StreamEvent.Text("\uDE00"))));
    assertThat(textOf(merged)).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void mergingIsTransitive() {
    List<EventFrame> frames = manyKindsOfFrames();
    for (EventFrame a : frames) {
      for (EventFrame b : frames) {
        for (EventFrame c : frames) {
          if (a.mergesWith(b) && b.mergesWith(c)) {
            assertThat(a.mergesWith(c)).isTrue();
            assertThat(a.mergedWith(List.of(b)).mergesWith(c)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void saysTheSameTextHoweverItIsMerged() {
    Random random = new Random(7);
    List<EventFrame> deltas =
        IntStream.rangeClosed(1, 200)
            .mapToObj(seq -> frame(seq, new StreamEvent.Text("<" + seq + ">")))
            .toList();
    for (int round = 0; round < 50; round++) {
      List<Outgoing> queue = new ArrayList<>(deltas);
      while (queue.size() > 1) {
        int from = random.nextInt(queue.size() - 1);
        int to = from + 1 + random.nextInt(queue.size() - from - 1) + 1;
        List<Outgoing> part = queue.subList(from, to);
        Outgoing merged = part.getFirst().mergedWith(List.copyOf(part.subList(1, part.size())));
        part.clear();
        queue.add(from, merged);
        assertThat(String.join("", queue.stream().map(EventFrameTest::textOf).toList()))
            .isEqualTo(String.join("", deltas.stream().map(EventFrameTest::textOf).toList()));
      }
      JsonNode all = Json.parse(queue.getFirst().utf8()).orElseThrow();
      assertThat(all.path("fromSeq").longValue()).isEqualTo(1);
      assertThat(all.path("seq").longValue()).isEqualTo(200);
    }
  }

  private static List<EventFrame> manyKindsOfFrames() {
    List<EventFrame> frames = new ArrayList<>();
    for (String run : List.of("run-1", "run-2")) {
      for (Optional<String> path : List.of(Optional.of("0"), Optional.<String>empty())) {
        for (StreamEvent event : oneOfEachKind()) {
          frames.add(new EventFrame(event(run, "a", path, 1, event)));
        }
        frames.add(new EventFrame(event(run, "b", path, 1, TEXT)));
        frames.add(new EventFrame(event(run, "a", path, 1, new StreamEvent.Thinking("t2", ""))));
      }
    }
    return frames;
  }

  private static List<StreamEvent> oneOfEachKind() {
    return List.of(
        TEXT,
        THINKING,
        new StreamEvent.ThinkingStart("t1"),
        new StreamEvent.ThinkingEnd("t1"),
        new StreamEvent.ToolCall("c", "t", "{}", Optional.empty()),
        new StreamEvent.ToolResult(
            "c", "t", "", StreamEvent.ToolStatus.COMPLETED, Optional.empty(), Optional.empty()),
        new StreamEvent.StepStart(),
        new StreamEvent.Retention(Json.object()),
        new StreamEvent.Done(new CallResult("", new Usage(0, 0), Optional.empty(), "stop")));
  }

  private static EventFrame frame(long seq, StreamEvent event) {
    return new EventFrame(event(seq, event));
  }

  private static AgentStreaming event(long seq, StreamEvent event) {
    return event("run-1", "a", Optional.of("0"), seq, event);
  }

  private static AgentStreaming event(
      String run, String agent, Optional<String> path, long seq, StreamEvent event) {
    return new AgentStreaming(
        new EventHeader(run, OptionalLong.of(seq), path, FixedClock.NOW, Optional.empty()),
        agent,
        Optional.of("fake/x"),
        OptionalLong.of(1000),
        event,
        OptionalLong.empty());
  }

  private static String textOf(Outgoing outgoing) {
    return Json.parse(outgoing.utf8()).orElseThrow().path("event").path("text").stringValue();
  }
}
