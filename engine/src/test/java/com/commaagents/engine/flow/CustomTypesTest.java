package com.commaagents.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.engine.plugin.Types;
import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CustomTypesTest {
  private final FakeRun run = new FakeRun();

  private static final class Odd implements AgentType {
    @Override
    public String name() {
      return "odd";
    }

    @Override
    public String answer(AgentType.Call call) throws InterruptedException {
      if (call.message().isEmpty()) {
        throw new IllegalStateException("nothing to do");
      }
      call.work().text("part");
      return call.message() + "/" + call.earlier().size();
    }
  }

  private static final class Twice implements FlowType {
    @Override
    public String name() {
      return "twice";
    }

    @Override
    public String run(FlowType.Call call) throws InterruptedException {
      String text = call.input();
      for (Step step : call.steps()) {
        text = step.run(step.run(text));
      }
      return text + ".";
    }
  }

  private static FlowDefinition twice() {
    return new FlowDefinition.Custom(
        "twice",
        "main",
        Optional.empty(),
        List.of(new Step.Agent("x", Optional.empty())),
        Json.object());
  }

  @Test
  void runAgentsAndFlowsOfTheProgram() throws InterruptedException {
    run.types = Types.of(List.of(new Odd()), List.of(new Twice()));

    assertThat(run.custom("x").execute(twice(), "go").text()).isEqualTo("go/0/1.");

    assertThat(run.journal.lines("record"))
        .containsExactly(
            "record call[1]/0 id-1 x u[<go>] -> a[<go/0>]",
            "record call[2]/0 id-2 x u[<go/0>] -> a[<go/0/1>]");
  }

  @Test
  void failTheStepWithWhatAnAgentThrew() {
    run.types = Types.of(List.of(new Odd()), List.of(new Twice()));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.custom("x").execute(twice(), ""))
        .withMessage("Step \"x\" failed: the agent type odd threw: nothing to do");
  }

  @Test
  void haveNamesOfTheirOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Types.of(List.of(new Odd(), new Odd()), List.of()));
  }
}
