package com.commaagents.engine.flow;

import static com.commaagents.engine.fakes.FakeRun.broadcast;
import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.CallResult;
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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

  @Test
  void endTheRunAroundToolsStreamsStepsFlowsAndCyclesToo() throws InterruptedException {
    for (String method :
        List.of(
            "alterMessageBeforeFlow",
            "beforeFlow",
            "alterMessageBeforeCycle",
            "beforeStep",
            "alterFirstCallMessage",
            "beforeFirstCall",
            "onStreamEvent",
            "beforeToolCall",
            "afterToolCall",
            "afterFirstCallResult",
            "alterFirstResponse",
            "afterStep",
            "alterMessageAfterCycle",
            "afterFlow",
            "alterMessageAfterFlow")) {
      FakeRun each = new FakeRun();
      each.agent("a", definition -> definition.tools("read_file"));
      each.tools.put(FakeTool.reading());
      each.model("a").calls(FakeModel.call("t1", "read_file", "path", "x"));
      each.hooks.add(throwingIn(method));

      assertThatExceptionOfType(Fault.class)
          .as(method)
          .isThrownBy(() -> each.execute(cycle(1, "a"), "go"))
          .withMessageMatching("(Step \"a\" failed: )?the hook \\S+ threw: .*no " + method);
    }
  }

  private static Hooks throwingIn(String name) {
    return (Hooks)
        Proxy.newProxyInstance(
            Hooks.class.getClassLoader(),
            new Class<?>[] {Hooks.class},
            (_, method, arguments) -> {
              if (method.getName().equals(name)) {
                throw new IllegalStateException("no " + name);
              }
              return arguments[arguments.length - 1];
            });
  }

  @Test
  void endTheRunWhenTheyDoNotFitTheProgramOrGiveBackNothing() {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() ->
            altering(_ -> {
              throw new NoSuchMethodError("gone");
            }))
        .withMessageEndingWith(" threw: java.lang.NoSuchMethodError: gone");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> altering(_ -> nothing()))
        .withMessageEndingWith(" threw: java.lang.NullPointerException: it gave back no text");
  }

  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  private void altering(UnaryOperator<String> change) throws InterruptedException {
    FakeRun each = new FakeRun();
    each.hooks.add(
        new Hooks() {
          @Override
          public String alterFirstCallMessage(AgentPlace at, String message) {
            return change.apply(message);
          }
        });
    each.llm("a").execute(sequence("a"), "go");
  }

  @Test
  void areCalledInTheOrderInWhichTheyWereRegisteredAlsoAfterwards() throws InterruptedException {
    run.llm("a");
    run.model("a").says("said");
    run.hooks.addAll(List.of(adding("1"), adding("2"), adding("3")));

    assertThat(run.execute(sequence("a"), "go").text()).isEqualTo("said123");

    assertThat(run.journal.lines("record"))
        .containsExactly("record 0 id-1 a u[<go123>] -> a[<said>]");
    assertThat(calls)
        .containsExactly("before 1", "before 2", "before 3", "after 1", "after 2", "after 3");
  }

  private Hooks adding(String name) {
    return new Hooks() {
      @Override
      public String alterFirstCallMessage(AgentPlace at, String message) {
        return message + name;
      }

      @Override
      public String alterFirstResponse(AgentPlace at, String response) {
        return response + name;
      }

      @Override
      public void beforeFirstCall(AgentPlace at, String message) {
        calls.add("before " + name);
      }

      @Override
      public void afterFirstCallResult(AgentPlace at, CallResult result) {
        calls.add("after " + name);
      }
    };
  }

  @Test
  void areCalledByParallelStepsAtOnce() throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(2);
    run.hooks.add(
        new Hooks() {
          @Override
          public void beforeFirstCall(AgentPlace at, String message) throws InterruptedException {
            try {
              together.await();
            } catch (BrokenBarrierException alone) {
              throw new IllegalStateException(alone);
            }
            calls.add(at.agentName());
          }
        });

    run.llm("a", "b").execute(broadcast("a", "b"), "go");

    assertThat(calls).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void endTheOtherBranchesWhenTheyThrowInOne() {
    CountDownLatch waiting = new CountDownLatch(1);
    run.hooks.add(
        new Hooks() {
          @Override
          public void beforeFirstCall(AgentPlace at, String message) throws InterruptedException {
            if (at.agentName().equals("b")) {
              waiting.await();
              throw new IllegalStateException("no");
            }
            waiting.countDown();
            try {
              new CountDownLatch(1).await();
            } finally {
              calls.add("a has ended");
            }
          }
        });

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.llm("a", "b").execute(broadcast("a", "b"), "go"))
        .withMessageStartingWith("Step \"b\" failed: the hook ");
    assertThat(calls).containsExactly("a has ended");
    assertThat(run.journal.lines("record")).isEmpty();
  }

  @Test
  void areInterruptedWhenTheRunIsStopped() throws InterruptedException {
    assertStopped(hanging(_ -> {}));
  }

  @Test
  void mayTurnTheInterruptionIntoAFailure() throws InterruptedException {
    assertStopped(
        hanging(stopped -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(stopped);
        }));
  }

  private void assertStopped(Hooks hooks) throws InterruptedException {
    run.hooks.add(hooks);
    FakeRun.Running running = run.llm("a").start(sequence("a"), "go");
    await().until(() -> calls.contains("hangs"));

    assertThat(running.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.model("a").requests()).isEmpty();
  }

  private Hooks hanging(Consumer<InterruptedException> then) {
    return new Hooks() {
      @Override
      public void beforeFirstCall(AgentPlace at, String message) throws InterruptedException {
        calls.add("hangs");
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
          then.accept(stopped);
          throw stopped;
        }
      }
    };
  }

  private static final class Throwing implements Hooks {
    @Override
    public void beforeFirstCall(AgentPlace at, String message) {
      throw new IllegalStateException("no");
    }
  }
}
