package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.broadcast;
import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.strategy.definition.FlowDefinition;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What ends a run that comes to too much. A round-trip of a fake model takes eleven tokens.
final class LimitsTest {
  private static final String ADVICE = ". Prepare the run with a higher limit to go on.";

  private final FakeRun run = new FakeRun();

  @Test
  void allowsAsManyAgentCallsAsTheLimitSays() throws InterruptedException {
    run.llm("a").limits(RunLimits.NONE.withMaxAgentCalls(3));

    run.execute(cycle(3, "a"), "go");

    assertThat(run.reached).isEmpty();
  }

  @Test
  void endsAtTheNextAgentCall() {
    run.llm("a").limits(RunLimits.NONE.withMaxAgentCalls(3));

    ends(
        cycle(4, "a"), "maxAgentCalls: 3 agent calls are made; another one was asked for" + ADVICE);
    assertThat(run.model("a").requests()).hasSize(3);
  }

  @Test
  void countsObserversAndPersonsAmongTheAgents() {
    run.llm("a", "watch")
        .user("person", false, Optional.of("hi"))
        .limits(RunLimits.NONE.withMaxAgentCalls(2));

    ends(
        observed(OptionalInt.of(5), "watch", "a", "person"),
        "maxAgentCalls: 2 agent calls are made; another one was asked for" + ADVICE);
    assertThat(run.model("watch").requests()).isEmpty();
  }

  @Test
  void allowsAsManyToolCallsAsTheLimitSaysAndEndsAtTheNext() {
    AtomicInteger made = tools(1, 1, 1);
    run.limits(RunLimits.NONE.withMaxToolCalls(2));

    ends(sequence("a"), "maxToolCalls: 2 tool calls are made; another one was asked for" + ADVICE);
    assertThat(made).hasValue(2);
    assertThat(run.journal.events(EngineEvent.ToolStarted.class)).hasSize(2);
  }

  @Test
  void makesNoneOfSeveralToolCallsThatAreTooMany() {
    AtomicInteger made = tools(1, 3);
    run.limits(RunLimits.NONE.withMaxToolCalls(3));

    ends(
        sequence("a"),
        "maxToolCalls: 1 tool call is made; 3 more were asked for at once and the limit is 3"
            + ADVICE);
    assertThat(made).hasValue(1);
  }

  @Test
  void makesSeveralToolCallsThatAreJustEnough() throws InterruptedException {
    AtomicInteger made = tools(1, 2);
    run.limits(RunLimits.NONE.withMaxToolCalls(3));

    run.execute(sequence("a"), "go");

    assertThat(made).hasValue(3);
    assertThat(run.reached).isEmpty();
  }

  @Test
  void letsTheTokensReachTheLimitAndEndsPastIt() throws InterruptedException {
    run.llm("a").limits(RunLimits.NONE.withMaxTokens(22));
    run.execute(cycle(2, "a"), "go");
    assertThat(run.reached).isEmpty();

    run.limits(RunLimits.NONE.withMaxTokens(21));
    ends(cycle(2, "a"), "maxTokens: 22 tokens are spent; the limit is 21" + ADVICE);
  }

  @Test
  void endsBeforeATooExpensiveAnswerCallsItsTools() {
    AtomicInteger made = tools(1);
    run.limits(RunLimits.NONE.withMaxTokens(10));

    ends(sequence("a"), "maxTokens: 11 tokens are spent; the limit is 10" + ADVICE);
    assertThat(made).hasValue(0);
    assertThat(run.journal.events(EngineEvent.ModelTurn.class)).isEmpty();
  }

  @Test
  void countsWhatASummaryTakes() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(1)))
        .limits(RunLimits.NONE.withMaxTokens(43));

    // Three answers, and a summary before the fourth.
    ends(cycle(4, "a"), "maxTokens: 44 tokens are spent; the limit is 43" + ADVICE);
    assertThat(run.model("a").requests()).hasSize(4);
  }

  @Test
  void letsTheCostReachTheLimitAndEndsPastIt() throws InterruptedException {
    run.llm("a").limits(RunLimits.NONE.withMaxCostUsd(new BigDecimal("0.6")));
    run.model("a").costs(new Usage(100_000, 0)).price(ModelPrice.of("1", "1"));
    run.execute(cycle(6, "a"), "go");
    assertThat(run.meter.spent().costUsd()).isEqualByComparingTo("0.6");
    assertThat(run.reached).isEmpty();

    run.limits(RunLimits.NONE.withMaxCostUsd(new BigDecimal("0.6")));
    ends(cycle(7, "a"), "maxCostUsd: 0.7 US dollars are spent; the limit is 0.6" + ADVICE);
  }

  @Test
  void refusesToLimitACostThatNobodyKnows() {
    run.llm("known", "unknown").limits(RunLimits.NONE.withMaxCostUsd(BigDecimal.ONE));
    run.model("known").price(ModelPrice.FREE);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.prepare(sequence("known", "unknown")))
        .withMessage(
            "limits.maxCostUsd: the price of the model \"acme/unknown\" of agent \"unknown\" is not"
                + " known, so its cost cannot be limited. Limit the run with maxTokens instead.");
  }

  @Test
  void endsAllBranches() {
    run.llm("a", "b").limits(RunLimits.NONE.withMaxTokens(10));
    run.model("b").hangs();

    ends(broadcast("a", "b"), "maxTokens: 11 tokens are spent; the limit is 10" + ADVICE);
    assertThat(run.model("b").isHanging()).isFalse();
  }

  @Test
  void isNoFailureOfTheToolThatReachesIt() {
    run.agent("outer", definition -> definition.tools("inside")).llm("inner");
    run.tools.put(new FakeTool("inside", _ -> run.execute(sequence("inner"), "deeper").text()));
    run.model("outer").calls(FakeModel.call("c1", "inside", "path", "p"));
    run.limits(RunLimits.NONE.withMaxAgentCalls(1));

    ends(
        sequence("outer"),
        "maxAgentCalls: 1 agent call is made; another one was asked for" + ADVICE);
    assertThat(run.journal.events(EngineEvent.ToolEnded.class)).isEmpty();
  }

  private void ends(FlowDefinition flow, String message) {
    assertThatThrownBy(() -> run.execute(flow, "go")).isInstanceOf(InterruptedException.class);
    assertThat(run.reached).containsExactly(message);
  }

  /// An agent that makes so many tool calls in each of its answers, and the count of those made.
  private AtomicInteger tools(int... callsOfAnAnswer) {
    AtomicInteger made = new AtomicInteger();
    run.agent("a", definition -> definition.tools("work"));
    run.tools.put(new FakeTool("work", _ -> "done " + made.incrementAndGet()));
    for (int calls : callsOfAnAnswer) {
      var answer = new ModelPart.ToolCall[calls];
      for (int i = 0; i < calls; i++) {
        answer[i] = FakeModel.call("c" + i, "work", "path", "p");
      }
      run.model("a").calls(answer);
    }
    return made;
  }
}
