package com.commaagents.engine.flow;

import static com.commaagents.engine.fakes.FakeRun.broadcast;
import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.hook.Hooks;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class HooksTest {
  private final FakeRun run = new FakeRun();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /// Notes every hook with what it is about.
  private Hooks noting() {
    return (Hooks)
        Proxy.newProxyInstance(
            Hooks.class.getClassLoader(),
            new Class<?>[] {Hooks.class},
            (_, method, arguments) -> note(method, arguments));
  }

  private Object note(Method method, Object[] arguments) {
    Object last = arguments[arguments.length - 1];
    String about =
        Arrays.stream(arguments)
            .map(argument ->
                switch (argument) {
                  case Hooks.AgentPlace at -> at.agentName();
                  case Hooks.FlowPlace at -> at.flowName();
                  case com.commaagents.engine.event.EngineEvent.Step step -> step.path();
                  case Long cycle -> "" + cycle;
                  case StreamEvent event -> event.getClass().getSimpleName();
                  default -> "";
                })
            .filter(text -> !text.isEmpty())
            .reduce((one, two) -> one + " " + two)
            .orElse("");
    calls.add(method.getName() + " " + about);
    return last;
  }

  @Test
  void areCalledInTheirOrderForACycleWithAnObserverABroadcastAndTools()
      throws InterruptedException {
    run.agent("a", definition -> definition.tools("read_file")).llm("b", "o");
    run.tools.put(FakeTool.reading());
    run.model("a").calls(FakeModel.call("t1", "read_file", "path", "x")).says("one");
    run.model("b").says("two");
    run.model("o").says("done");
    run.hooks.add(noting());

    run.execute(observed(OptionalInt.of(2), "o", "a", broadcast("b")), "go");

    assertThat(calls.stream().filter(call -> !call.startsWith("onStream")))
        .containsExactly(
            "alterMessageBeforeFlow loop",
            "beforeFlow loop",
            "alterMessageBeforeCycle loop 1",
            "beforeStep cycle[1]/0",
            "alterFirstCallMessage a",
            "beforeFirstCall a",
            "beforeToolCall a",
            "afterToolCall a",
            "afterFirstCallResult a",
            "alterFirstResponse a",
            "afterStep cycle[1]/0",
            "beforeStep cycle[1]/1",
            "alterMessageBeforeFlow fan",
            "beforeFlow fan",
            "beforeStep cycle[1]/1/0",
            "alterFirstCallMessage b",
            "beforeFirstCall b",
            "afterFirstCallResult b",
            "alterFirstResponse b",
            "afterStep cycle[1]/1/0",
            "afterFlow fan",
            "alterMessageAfterFlow fan",
            "afterStep cycle[1]/1",
            "alterMessageAfterCycle loop 1",
            "alterFirstCallMessage o",
            "beforeFirstCall o",
            "afterFirstCallResult o",
            "alterFirstResponse o",
            "afterFlow loop",
            "alterMessageAfterFlow loop");
    assertThat(calls).contains("onStreamEvent a ToolResult", "onStreamEvent b Done");
  }

  @Test
  void tellTheFirstCallFromLaterOnesAndAlterWhatIsPassedOn() throws InterruptedException {
    run.llm("a");
    run.model("a").says("one").says("two");
    run.hooks.add(
        new Hooks() {
          @Override
          public String alterFirstCallMessage(AgentPlace at, String message) {
            return "first:" + message;
          }

          @Override
          public String alterCallMessage(AgentPlace at, String message) {
            return "later:" + message;
          }

          @Override
          public String alterFirstResponse(AgentPlace at, String response) {
            return response + "!";
          }
        });

    assertThat(run.execute(sequence("a", "a"), "go").text()).isEqualTo("two");

    assertThat(run.journal.lines("record"))
        .containsExactly(
            "record 0 id-1 a u[<first:go>] -> a[<one>]",
            "record 1 id-2 a u[<later:one!>] -> a[<two>]");
  }

  @Test
  void endTheRunByThrowingAndAreNamed() {
    run.llm("a");
    run.hooks.add(new Throwing());

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "go"))
        .withMessage(
            "Step \"a\" failed: the hook "
                + Throwing.class.getName()
                + " threw: java.lang.IllegalStateException: no");
  }

  private static final class Throwing implements Hooks {
    @Override
    public void beforeFirstCall(AgentPlace at, String message) {
      throw new IllegalStateException("no");
    }
  }
}
