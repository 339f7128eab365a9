package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.runs.timeline.TimelineEvent.OpenToolCall;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void joinsWhatACallHasSaid() {
    add("a", "0", new StreamEvent.StepStart());
    add("a", "0", new StreamEvent.ThinkingStart("t"));
    add("a", "0", new StreamEvent.Thinking("t", "h"));
    add("a", "0", new StreamEvent.Thinking("t", "m"));
    add("a", "0", new StreamEvent.ThinkingEnd("t"));
    add("a", "0", new StreamEvent.Text("so "));
    add("a", "0", new StreamEvent.Text("far"));
    add("a", "0", new StreamEvent.Retention(Json.object()));
    assertThat(inFlight.partials())
        .containsExactly(new Partial("a", "0", "so far", "hm", List.of()));
  }

  @Test
  void keepsTheToolCallsThatHaveNoResult() {
    add("a", "0", call("c1"));
    add("a", "0", call("c2"));
    add("a", "0", result("c1"));
    add("a", "0", result("unknown"));
    assertThat(inFlight.partials())
        .containsExactly(
            new Partial("a", "0", "", "", List.of(new OpenToolCall("c2", "bash", "{}"))));
    add("a", "0", result("c2"));
    assertThat(inFlight.partials()).isEmpty();
  }

  @Test
  void leavesOutCallsThatHaveSaidNothing() {
    add("a", "0", new StreamEvent.StepStart());
    add("a", "1", new StreamEvent.ThinkingStart("t"));
    assertThat(inFlight.partials()).isEmpty();
  }

  @Test
  void forgetsACallThatIsDone() {
    add("a", "0", new StreamEvent.Text("said"));
    add("a", "0", new StreamEvent.Done(CallResult.of("said")));
    assertThat(inFlight.partials()).isEmpty();
    add("a", "0", new StreamEvent.Text("again"));
    assertThat(inFlight.partials()).containsExactly(new Partial("a", "0", "again", "", List.of()));
  }

  @Test
  void forgetsACallOnceItIsPartOfTheConversation() {
    CallRecord record =
        new CallRecord(
            "r1",
            "a",
            Instant.EPOCH,
            Message.user("ask"),
            List.of(Message.assistant(List.of(Part.text("said")))),
            "said",
            Usage.NONE,
            Optional.empty(),
            FinishReason.STOP,
            Optional.empty());
    add("a", "0", new StreamEvent.Text("said"));
    add("b", "0/launch[c1]/0", new StreamEvent.Text("inside"));
    inFlight.add(
        new EngineEvent.LaunchedCallRecorded("l1", "0/launch[c1]/0", record, Optional.empty()));
    assertThat(inFlight.partials()).containsExactly(new Partial("a", "0", "said", "", List.of()));
    inFlight.add(new EngineEvent.CallRecorded("0", record, Optional.empty()));
    assertThat(inFlight.partials()).isEmpty();
  }

  @Test
  void tellsCallsOfOneAgentApartByTheirPlaceInTheOrderTheyBegan() {
    add("a", "1/0", new StreamEvent.StepStart());
    add("a", "1/1", new StreamEvent.Text("one"));
    add("b", "0", new StreamEvent.Text("two"));
    add("a", "1/0", new StreamEvent.Text("zero"));
    assertThat(inFlight.partials())
        .containsExactly(
            new Partial("a", "1/0", "zero", "", List.of()),
            new Partial("a", "1/1", "one", "", List.of()),
            new Partial("b", "0", "two", "", List.of()));
  }

  private void add(String agent, String path, StreamEvent event) {
    inFlight.add(
        new EngineEvent.Streaming(
            new Speaker(
                agent, path, new ModelInfo("fake/x", OptionalLong.empty(), OptionalLong.empty())),
            event));
  }

  private static StreamEvent call(String id) {
    return new StreamEvent.ToolCall(id, "bash", "{}", Optional.empty());
  }

  private static StreamEvent result(String id) {
    return new StreamEvent.ToolResult(
        id, "bash", new ToolOutcome.Completed("ok"), Optional.empty());
  }
}
