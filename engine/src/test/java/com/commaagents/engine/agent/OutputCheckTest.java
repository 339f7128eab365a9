package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import com.commaagents.engine.resume.Recording;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputCheckTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}\
      """;

  private final FakeRun run = new FakeRun();

  OutputCheckTest() {
    run.agent("x", definition -> definition.outputSchema(SCHEMA));
  }

  @Test
  void letsAnAnswerThatFitsPass() throws InterruptedException {
    run.model("x").says("{\"a\":1}");

    assertThat(run.execute(sequence("x"), "hello").text()).isEqualTo("{\"a\":1}");
    assertThat(run.model("x").requests().getFirst().outputSchema()).isPresent();
    assertThat(run.journal.lines("turn")).isEmpty();
  }

  @Test
  void asksOnceForARepairAndRemembersOnlyTheRepairedAnswer() throws InterruptedException {
    run.model("x").says("{\"a\":\"1\"}").says("{\"a\":1}").says("{\"a\":2}");

    run.execute(cycle(2, "x"), "hello");

    assertThat(run.journal.lines("turn", "record"))
        .containsExactly(
            "turn cycle[1]/0 id-1 0 u[<hello>] -> a[<{\"a\":\"1\"}>] stop",
            "record cycle[1]/0 id-1 x u[<hello>] -> a[<{\"a\":1}>]",
            "record cycle[2]/0 id-2 x u[<{\"a\":1}>] -> a[<{\"a\":2}>]");
    assertThat(run.model("x").requests().get(1).messages().getLast().content().text())
        .isEqualTo(
            "Your answer does not fit the JSON Schema that was asked for: /a: string found,"
                + " number expected. Answer again with the corrected JSON only: no other text, no"
                + " code fence.");
    assertThat(run.model("x").roles(2)).isEqualTo("uau");
  }

  @Test
  void failsWhenTheRepairDoesNotFitEither() {
    run.model("x").says("no").says("{}");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("x"), "hello"))
        .withMessage(
            "Step \"x\" failed: the answer does not fit outputSchema, also after a repair:"
                + " required property 'a' not found");
    assertThat(run.journal.lines("record")).isEmpty();
  }

  @Test
  void failsWhenNoStepIsLeftForARepair() {
    run.agent("x", definition -> definition.outputSchema(SCHEMA).maxSteps(1));
    run.model("x").says("no");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("x"), "hello"))
        .withMessage(
            "Step \"x\" failed: the answer does not fit outputSchema and no step is left for a"
                + " repair: it is not JSON");
  }

  @Test
  void failsWhenTheLastStepCalledAToolInstead() {
    run.agent("x", definition -> definition.outputSchema(SCHEMA).tools("read_file").maxSteps(1));
    run.tools.put(FakeTool.reading());
    run.model("x").calls(FakeModel.call("t1", "read_file", "path", "x"));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("x"), "hello"))
        .withMessageContaining("maxSteps (1) was reached before an answer that fits outputSchema");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"```json\n{\"a\":1}\n```", "Here: {\"a\":1}", "{\"a\":1} {}", "{\"a\":", ""})
  void takesNothingButJson(String answer) throws InterruptedException {
    run.model("x").says(answer).says("{\"a\":1}");

    assertThat(run.execute(sequence("x"), "hello").text()).isEqualTo("{\"a\":1}");

    assertThat(run.model("x").requests().get(1).messages().getLast().content().text())
        .startsWith("Your answer does not fit the JSON Schema that was asked for: it is not JSON.");
  }

  @Test
  void repairsOnceInEveryCallAndCountsBothAnswers() throws InterruptedException {
    run.model("x").says("no").says("{\"a\":1}").says("no").says("{\"a\":2}");

    CallResult result = run.execute(cycle(2, "x"), "hello");

    assertThat(result.text()).isEqualTo("{\"a\":2}");
    assertThat(result.usage()).isEqualTo(new Usage(40, 4));
  }

  @Test
  void mayCallToolsBeforeTheRepairedAnswerButRepairsNoFurther() {
    run.agent("x", definition -> definition.outputSchema(SCHEMA).tools("read_file"));
    run.tools.put(FakeTool.reading());
    run.model("x").says("no").calls(FakeModel.call("t1", "read_file", "path", "x")).says("no");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("x"), "hello"))
        .withMessageContaining("also after a repair: it is not JSON");
    assertThat(run.model("x").requests()).hasSize(3);
  }

  @Test
  void goesOnWithTheRepairWhenTheCallWasInterruptedBeforeIt() throws InterruptedException {
    run.model("x").says("no").hangs();
    FakeRun.Running running = run.start(sequence("x"), "hello");
    await().until(run.model("x")::isHanging);
    running.stop();
    RecordedTurn turn =
        new RecordedTurn(
            run.journal.events(EngineEvent.ModelTurn.class).getFirst(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());
    RecordedCall begun = new RecordedCall(Optional.empty(), Optional.empty(), List.of(turn));
    run.model("x").says("still no");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() ->
            run.prepare(sequence("x"))
                .execute("hello", new Recording(Map.of(), Map.of("0", begun), Spent.NOTHING, 0, 0)))
        .withMessageContaining("also after a repair: it is not JSON");
    assertThat(run.model("x").requests()).hasSize(3);
    assertThat(run.model("x").requests().getLast().messages().getLast().content().text())
        .startsWith("Your answer does not fit");
  }
}
