package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import org.junit.jupiter.api.Test;

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
}
