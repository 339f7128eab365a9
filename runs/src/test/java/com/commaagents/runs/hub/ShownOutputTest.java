package com.commaagents.runs.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice.ToolOutputShown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShownOutputTest {
  private final ShownOutput shown = new ShownOutput();

  @Test
  void keepsWhatCallsSayUntilTheirResult() {
    say("0", "c1", "one");
    say("0", "c2", "two");
    say("1", "c1", "three");
    shown.endCalls(result("0", "c1"));
    assertThat(texts()).containsExactly("two", "three");
    shown.endCalls(new RunMessage.AgentStreaming(speaker("0"), new StreamEvent.Text("so")));
    assertThat(texts()).containsExactly("two", "three");
  }

  @Test
  void endsWhatALaunchedStrategySaidWithTheCallThatLaunchedIt() {
    say("0/launch[c1]/0", "inner", "in");
    say("0/launch[c10]/0", "inner", "other");
    shown.endCalls(result("0", "c1"));
    assertThat(texts()).containsExactly("other");
  }

  @Test
  void endsAllWithTheRun() {
    say("0", "c1", "one");
    shown.endCalls(
        new RunMessage.StrategyFailed(
            new RunError(RunError.CANCELLED, "Run cancelled by client"), Optional.empty()));
    assertThat(texts()).isEmpty();
  }

  @Test
  void givesUpTheOldestPastItsCharacters() {
    String half = "x".repeat(ShownOutput.MAX_CHARACTERS / 2);
    say("0", "c1", half);
    say("0", "c2", half);
    assertThat(texts()).hasSize(2);
    say("0", "c2", "y");
    assertThat(texts()).containsExactly(half, "y");
    shown.endCalls(result("0", "c2"));
    say("0", "c3", half);
    say("0", "c3", half);
    assertThat(texts()).as("what is given up counts no more").containsExactly(half, half);
  }

  @Test
  void givesUpTheOldestPastItsPieces() {
    for (int i = 0; i <= ShownOutput.MAX_PIECES; i++) {
      say("0", "c1", "" + i);
    }
    assertThat(texts()).hasSize(ShownOutput.MAX_PIECES).startsWith("1", "2");
  }

  private void say(String path, String toolCallId, String text) {
    shown.add(
        new ToolOutputShown(
            new RunId("run-1"),
            Instant.EPOCH,
            new ToolOutput(
                "a", path, toolCallId, "run_command", ToolOutput.Stream.STDOUT, 0, text)));
  }

  private List<String> texts() {
    return shown.pieces().stream().map(piece -> piece.output().text()).toList();
  }

  private static RunMessage result(String path, String toolCallId) {
    return new RunMessage.AgentStreaming(
        speaker(path),
        new StreamEvent.ToolResult(
            toolCallId, "run_command", new ToolOutcome.Completed("done"), Optional.empty()));
  }

  private static Speaker speaker(String path) {
    return new Speaker(
        "a", path, new ModelInfo("fake/x", OptionalLong.empty(), OptionalLong.empty()));
  }
}
