package com.commaagents.engine.flow;

import static com.commaagents.engine.fakes.FakeRun.broadcast;
import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.strategy.definition.FlowDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Flows of user agents that pass their text on with their name (`p`, `q`), and of models.
final class FlowRunnerTest {
  private final FakeRun run = new FakeRun();

  static List<Arguments> flows() {
    return List.of(
        Arguments.of(sequence("A"), "A", List.of("0 A <x>")),
        Arguments.of(sequence("A", "B"), "B", List.of("0 A <x>", "1 B <A>")),
        Arguments.of(broadcast("A", "B"), "A + B", List.of("0 A <x>", "1 B <x>")),
        Arguments.of(
            cycle(2, "A", "B"),
            "B",
            List.of(
                "cycle[1]/0 A <x>", "cycle[1]/1 B <A>", "cycle[2]/0 A <B>", "cycle[2]/1 B <A>")),
        Arguments.of(
            sequence("A", broadcast("A", "B"), cycle(2, "B")),
            "B",
            List.of(
                "0 A <x>",
                "1 fan <A>",
                "1/0 A <A>",
                "1/1 B <A>",
                "2 loop <A + B>",
                "2/cycle[1]/0 B <A + B>",
                "2/cycle[2]/0 B <B>")),
        Arguments.of(
            cycle(2, sequence("A"), broadcast("B", sequence("A"))),
            "B + A",
            List.of(
                "cycle[1]/0 seq <x>",
                "cycle[1]/0/0 A <x>",
                "cycle[1]/1 fan <A>",
                "cycle[1]/1/0 B <A>",
                "cycle[1]/1/1 seq <A>",
                "cycle[1]/1/1/0 A <A>",
                "cycle[2]/0 seq <B + A>",
                "cycle[2]/0/0 A <B + A>",
                "cycle[2]/1 fan <A>",
                "cycle[2]/1/0 B <A>",
                "cycle[2]/1/1 seq <A>",
                "cycle[2]/1/1/0 A <A>")),
        Arguments.of(
            broadcast(cycle(1, broadcast("A"))),
            "A",
            List.of("0 loop <x>", "0/cycle[1]/0 fan <x>", "0/cycle[1]/0/0 A <x>")));
  }

  @ParameterizedTest
  @MethodSource("flows")
  void givesEachStepWhatItsFlowSays(FlowDefinition flow, String text, List<String> started)
      throws InterruptedException {
    run.user("A", false, Optional.of("A")).user("B", false, Optional.of("B"));

    assertThat(run.execute(flow, "x").text()).isEqualTo(text);
    assertThat(run.journal.lines("started"))
        .containsExactlyInAnyOrderElementsOf(
            started.stream().map(line -> "started " + line).toList());
    assertThat(run.journal.lines("completed")).hasSize(started.size());
  }

  static List<Arguments> failingFlows() {
    return List.of(
        Arguments.of(sequence("bad", "A"), List.of("0 bad")),
        Arguments.of(sequence("A", "bad"), List.of("0 A", "1 bad")),
        Arguments.of(cycle(2, "bad"), List.of("cycle[1]/0 bad")),
        Arguments.of(broadcast("bad"), List.of("0 bad")),
        Arguments.of(sequence(sequence("bad"), "A"), List.of("0 seq", "0/0 bad")),
        Arguments.of(sequence(cycle(3, "bad"), "A"), List.of("0 loop", "0/cycle[1]/0 bad")),
        Arguments.of(cycle(2, broadcast("bad")), List.of("cycle[1]/0 fan", "cycle[1]/0/0 bad")),
        Arguments.of(broadcast(cycle(2, "bad")), List.of("0 loop", "0/cycle[1]/0 bad")));
  }

  @ParameterizedTest
  @MethodSource("failingFlows")
  void failsAsAWholeWithTheStepThatFailed(FlowDefinition flow, List<String> started) {
    run.user("A", false, Optional.of("A")).llm("bad");
    run.model("bad").fails(400, false);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(flow, "x"))
        .withMessage("Step \"bad\" failed: acme answered 400");
    assertThat(run.journal.lines("started"))
        .map(line -> line.substring("started ".length(), line.lastIndexOf(' ')))
        .containsExactlyElementsOf(started);
    assertThat(run.journal.lines("completed")).hasSize(started.contains("0 A") ? 1 : 0);
  }

  @Test
  void namesTheObserverThatFailed() {
    run.llm("worker", "critic");
    run.model("critic").fails(400, false);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(observed(OptionalInt.of(2), "critic", "worker"), "x"))
        .withMessage("Observer \"critic\" failed: acme answered 400");
  }

  @Test
  void givesTheObserversTextAfterTheLastCycle() throws InterruptedException {
    run.llm("worker", "critic");
    run.model("critic").says("more").says("and more");

    assertThat(run.execute(observed(OptionalInt.of(2), "critic", "worker"), "x").text())
        .isEqualTo("and more");
  }

  @Test
  void cyclesWithoutEndUntilTheObserverBreaksIt() throws InterruptedException {
    run.llm("worker", "critic");
    for (int i = 0; i < 50; i++) {
      run.model("critic").says("go on");
    }
    run.model("critic").says("STOP");

    assertThat(run.execute(observed(OptionalInt.empty(), "critic", "worker"), "x").text())
        .startsWith("seen:ua");
    assertThat(run.model("worker").requests()).hasSize(51);
  }

  @Test
  void stopsAnEndlessCycleOfAgentsThatNeverWait() throws InterruptedException {
    run.user("A", false, Optional.empty());

    FakeRun.Running started = run.start(cycle(OptionalInt.empty(), Optional.empty(), "A"), "x");
    await().until(() -> run.journal.lines().size() > 10);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void sumsUpWhatANestedFlowSpent() throws InterruptedException {
    run.llm("a", "b", "critic");

    run.execute(
        sequence(broadcast("a", "b"), observed(OptionalInt.of(2), "critic", "a", "b")), "x");

    assertThat(run.journal.lines("completed"))
        .filteredOn(line -> line.contains(" fan ") || line.contains(" loop "))
        .containsExactly(
            "completed 0 fan <seen:u + seen:u> 20/2", "completed 1 loop <seen:uau> 60/6");
  }

  @Test
  void runsTheStepsOfABroadcastAtOnce() throws InterruptedException {
    run.llm("a", "b", "c");
    CountDownLatch together = new CountDownLatch(3);
    for (String name : List.of("a", "b", "c")) {
      run.model(name)
          .then(listener -> {
            together.countDown();
            together.await();
            listener.part(new ModelPart.Text(name));
            return FinishReason.STOP;
          });
    }

    assertThat(run.execute(broadcast("a", "b", "c"), "x").text()).isEqualTo("a + b + c");
  }

  @Test
  void cancelsTheOthersWhenOneFails() throws InterruptedException {
    run.llm("a", "bad", "c");
    run.model("a").hangs();
    run.model("c").hangs();
    run.model("bad")
        .then(_ -> {
          await().until(() -> run.model("a").isHanging() && run.model("c").isHanging());
          throw FakeModel.failure(400, false, Optional.empty());
        });

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence(broadcast("a", "bad", cycle(1, "c")), "a"), "x"))
        .withMessage("Step \"bad\" failed: acme answered 400");
    assertThat(run.model("a").isHanging()).isFalse();
    assertThat(run.model("c").isHanging()).isFalse();
    assertThat(run.journal.lines("completed", "record")).isEmpty();
  }

  @Test
  void releasesEveryBranchWhenItIsStopped() throws InterruptedException {
    run.llm("a", "b");
    run.model("a").hangs();
    run.model("b").hangs();

    FakeRun.Running started = run.start(broadcast("a", "b", "a"), "x");
    await().until(() -> run.model("a").isHanging() && run.model("b").isHanging());

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.model("a").isHanging()).isFalse();
    assertThat(run.model("b").isHanging()).isFalse();
  }

  @Test
  void callsOneAgentOneCallAtATimeInFileOrder() throws InterruptedException {
    run.llm("a", "b");
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      int call = i;
      run.model("a")
          .then(listener -> {
            order.add("begin " + call);
            listener.part(new ModelPart.Text(Integer.toString(call)));
            order.add("end " + call);
            return FinishReason.STOP;
          });
    }
    run.model("b").says("b");

    // The first `a` has to wait for `b`; still it is called before the others.
    String text =
        run.execute(broadcast(sequence("b", "a"), "a", broadcast("a", sequence("a"))), "x").text();

    assertThat(text).isEqualTo("0 + 1 + 2 + 3");
    assertThat(order)
        .containsExactly(
            "begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3");
    assertThat(run.journal.lines("started").stream().filter(line -> line.contains(" a ")))
        .containsExactly(
            "started 0/1 a <b>", "started 1 a <x>", "started 2/0 a <x>", "started 2/1/0 a <x>");
  }

  @Test
  void callsASharedObserverInFileOrderToo() throws InterruptedException {
    run.llm("critic", "b", "c");
    run.model("critic").says("first").says("second");

    assertThat(
            run.execute(broadcast(observed(OptionalInt.of(1), "critic", "b", "c"), "critic"), "x")
                .text())
        .isEqualTo("first + second");
  }

  @Test
  void runsAsManyBranchesAsItsLimitAndRefusesOneMore() throws InterruptedException {
    run.user("A", false, Optional.of("A"));
    Object[] full = Collections.nCopies(FlowRunner.MAX_BRANCHES, "A").toArray();
    Object[] more = Collections.nCopies(FlowRunner.MAX_BRANCHES + 1, "A").toArray();

    assertThat(run.execute(broadcast(full), "x").text()).hasSize(4 * full.length - 3);
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(broadcast(more), "x"))
        .withMessage("Broadcast \"fan\" has 1001 steps; at most 1000 run in parallel")
        .extracting(Fault::code)
        .isEqualTo(FaultCode.LIMIT_EXCEEDED);
  }
}
