package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private static final EngineEvent.Step STEP =
      new EngineEvent.Step("0", "a", "main", Optional.of("a"), OptionalInt.of(0));
  private static final EngineEvent.Speaker SPEAKER =
      new EngineEvent.Speaker(
          "a", "0", new ModelInfo("fake/x", OptionalLong.empty(), OptionalLong.empty()));
  private static final CallResult RESULT = CallResult.of("said");
  private static final CallRecord RECORD =
      new CallRecord(
          "r1",
          "a",
          Instant.EPOCH,
          Message.user("ask"),
          List.of(),
          "said",
          Usage.NONE,
          Optional.empty(),
          FinishReason.STOP,
          Optional.empty());
  private static final RetentionEvent RETENTION =
      new RetentionEvent(
          "e1",
          "a",
          Instant.EPOCH,
          RetentionEvent.Reason.RECORD_COUNT,
          new RetentionEvent.Trigger(
              Optional.empty(),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalLong.empty(),
              OptionalLong.empty()),
          1,
          0,
          RECORD,
          List.of(),
          Optional.empty(),
          Part.NO_EXTRA);

  private static final Optional<BigDecimal> COST = Optional.of(BigDecimal.ONE);

  /// What happens, what is kept of it, and what is told.
  private record Case(EngineEvent event, Optional<TimelineEvent> kept, Optional<RunMessage> told) {}

  private static final EngineEvent.ModelTurn TURN =
      new EngineEvent.ModelTurn(
          "a",
          "0",
          "r1",
          0,
          Optional.empty(),
          Message.assistant(List.of()),
          Spent.NOTHING,
          Optional.empty(),
          FinishReason.STOP);
  private static final EngineEvent.ToolStarted CALL =
      new EngineEvent.ToolStarted("a", "0", "c1", "bash", "{}");
  private static final EngineEvent.ToolEnded ENDED =
      new EngineEvent.ToolEnded(
          "0", "c1", new EngineEvent.ToolOutcome.Completed("ok"), Duration.ZERO);
  private static final EngineEvent.ToolMutation MUTATION =
      new EngineEvent.ToolMutation(
          "a",
          "create_file",
          EngineEvent.MutationKind.CREATE,
          "/x",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final EngineEvent.StreamEvent TEXT = new EngineEvent.StreamEvent.Text("sa");

  private static final List<Case> CASES =
      List.of(
          new Case(
              new EngineEvent.StepStarted(STEP, "ask"),
              Optional.of(new TimelineEvent.StepStarted(STEP)),
              Optional.of(new RunMessage.StepStarted(STEP, "ask"))),
          new Case(
              new EngineEvent.StepCompleted(STEP, RESULT),
              Optional.of(new TimelineEvent.StepCompleted(STEP, Optional.of(RESULT))),
              Optional.of(new RunMessage.StepCompleted(STEP, RESULT))),
          told(
              new EngineEvent.Streaming(SPEAKER, TEXT),
              new RunMessage.AgentStreaming(SPEAKER, TEXT)),
          told(
              new EngineEvent.AgentOutput(SPEAKER, "said", Usage.NONE, Optional.empty()),
              new RunMessage.AgentOutput(SPEAKER, "said", Usage.NONE, Optional.empty())),
          told(
              new EngineEvent.PolicyUpdated("bash", List.of("deny *")),
              new RunMessage.PolicyUpdated("bash", List.of("deny *"))),
          kept(
              new EngineEvent.CallRecorded("0", RECORD, COST),
              new TimelineEvent.AgentCall(RECORD, Optional.of("0"), COST)),
          kept(
              new EngineEvent.LaunchedCallRecorded("l1", "0/launch[c1]/0", RECORD, COST),
              new TimelineEvent.SubAgentCall("l1", "0/launch[c1]/0", RECORD, COST)),
          kept(
              new EngineEvent.ConversationCompacted("0", RETENTION),
              new TimelineEvent.ConversationRetention(RETENTION)),
          kept(
              new EngineEvent.SummaryMade("a", "0", Spent.NOTHING),
              new TimelineEvent.SummaryMade("a", "0", Spent.NOTHING)),
          kept(TURN, new TimelineEvent.ModelTurn(TURN)),
          kept(CALL, new TimelineEvent.ToolCalled(CALL)),
          kept(ENDED, new TimelineEvent.ToolResult(ENDED)),
          kept(MUTATION, new TimelineEvent.ToolMutated(MUTATION)));

  @Test
  void knowsWhatToKeepAndWhatToTellOfEveryEvent() {
    assertThat(CASES)
        .allSatisfy(each ->
            assertThat(Narration.of(each.event()))
                .isEqualTo(new Narration(each.kept(), each.told())));
  }

  @Test
  void isTestedWithEveryEvent() {
    assertThat(CASES.stream().map(each -> (Object) each.event().getClass()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList((Object[]) EngineEvent.class.getPermittedSubclasses()));
  }

  private static Case kept(EngineEvent event, TimelineEvent kept) {
    return new Case(event, Optional.of(kept), Optional.empty());
  }

  private static Case told(EngineEvent event, RunMessage told) {
    return new Case(event, Optional.empty(), Optional.of(told));
  }
}
