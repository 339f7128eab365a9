package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeModel.call;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ToolCallerTest {
  private final FakeRun run = new FakeRun();

  ToolCallerTest() {
    run.agent("a", definition -> definition.tools("read_file"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read_file|{\"path\":\"x\"}|t1=text:content of x",
        "read_file|{\"nope\":1}|t1=error-text:The arguments of read_file do not fit its schema:"
            + " required property 'path' not found. Correct them and call it again.",
        "read_file|{\"path\":5}|t1=error-text:The arguments of read_file do not fit its schema:"
            + " /path: integer found, string expected. Correct them and call it again.",
        "read_file|[]|t1=error-text:The arguments of read_file do not fit its schema:"
            + " array found, object expected. Correct them and call it again.",
        "read_file|{\"path\":|t1=error-text:The arguments of read_file are not valid JSON."
            + " Call it again with one complete JSON object.",
        "rm_all|{}|t1=error-text:There is no tool rm_all. Available tools: read_file."
            + " Call one of these, or answer without a tool.",
      })
  void answersACallItCannotRunWithWhatToDoNext(String tool, String arguments, String result)
      throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a").calls(new ModelPart.ToolCall("t1", tool, arguments)).says("ok");

    assertThat(run.execute(sequence("a"), "hello").text()).isEqualTo("ok");
    assertThat(run.journal.lines("record").getFirst()).contains(" t[" + result + "] ");
  }

  @Test
  void showsWhatAToolSaysWhileItRunsAlsoWhereHooksAreToldOfMuch() throws InterruptedException {
    run.hooks.add(new Hooks() {});
    run.tools.put(
        new Tool() {
          @Override
          public ToolSpec spec() {
            return FakeTool.reading().spec();
          }

          @Override
          public String call(JsonNode arguments, ToolCallContext context) {
            context.live().tell(ToolOutput.Stream.STDERR, "half");
            assertThat(run.journal.shown()).hasSize(1);
            return "whole";
          }
        });
    run.model("a").calls(call("t1", "read_file", "path", "x")).says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.shown())
        .containsExactly(
            new ToolOutput("a", "0", "t1", "read_file", ToolOutput.Stream.STDERR, 0, "half"));
    assertThat(run.journal.lines("record").getFirst()).contains("t[t1=text:whole]");
  }

  @Test
  void passesArgumentsThatAreNoJsonOnAsTheirText() throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a").calls(new ModelPart.ToolCall("t1", "read_file", "{\"path\":")).says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("record").getFirst()).contains("a[t1\"{\\\"path\\\":\"]");
    assertThat(run.journal.lines()).contains("stream 0 a tool-call t1 read_file {\"path\":");
  }

  @Test
  void keepsWhatAProviderNeedsToGetItsCallBack() throws InterruptedException {
    JsonNode kept = Json.object().set("google", Json.object().put("thoughtSignature", "s"));
    run.tools.put(FakeTool.reading());
    run.model("a")
        .calls(new ModelPart.ToolCall("t1", "read_file", "{\"path\":\"x\"}", kept))
        .says("ok");

    run.execute(sequence("a"), "hello");

    Message said = run.model("a").requests().get(1).messages().get(1);
    assertThat(((Part.ToolCall) said.content().asParts().getFirst()).providerOptions())
        .isEqualTo(kept);
    JsonNode line = Json.parse(Json.write(ConversationJson.write(said))).orElseThrow();
    assertThat(line.at("/content/0/providerOptions")).isEqualTo(kept);
    assertThat(ConversationJson.message(line)).contains(said);
  }

  @Test
  void takesNoTextForNoArguments() throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a").calls(new ModelPart.ToolCall("t1", "read_file", "")).says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("record").getFirst()).contains("a[t1{}]");
  }

  @Test
  void tellsAModelWithoutToolsThatItHasNone() throws InterruptedException {
    FakeRun bare = new FakeRun().llm("a");
    bare.model("a").calls(call("t1", "read_file", "path", "x")).says("ok");

    bare.execute(sequence("a"), "hello");

    assertThat(bare.journal.lines("tool-ended"))
        .containsExactly(
            "tool-ended 0 t1 failed <There is no tool read_file; you have no tools."
                + " Answer without one.>");
  }

  @Test
  void makesAnErrorResultOfAFault() throws InterruptedException {
    run.tools.put(
        new FakeTool(
            "read_file",
            _ -> {
              throw new Fault(FaultCode.UPSTREAM, "the server is down");
            }));
    run.model("a").calls(call("t1", "read_file", "path", "x")).says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("tool-ended"))
        .containsExactly("tool-ended 0 t1 failed <the server is down>");
  }

  @Test
  void makesAnErrorResultOfABugInATool() throws InterruptedException {
    run.tools.put(
        new FakeTool(
            "read_file",
            _ -> {
              throw new IllegalArgumentException("boom");
            }));
    run.model("a").calls(call("t1", "read_file", "path", "x")).says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("tool-ended"))
        .containsExactly(
            "tool-ended 0 t1 failed <read_file broke down: boom."
                + " Try other arguments or another way.>");
  }

  @Test
  void runsTheCallsOfARoundTripAtOnceAndReturnsResultsInCallOrder() throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(3);
    CountDownLatch thirdEnded = new CountDownLatch(1);
    run.tools.put(
        new FakeTool(
            "read_file",
            path -> {
              meet(together);
              if (!path.equals("3")) {
                thirdEnded.await();
              }
              thirdEnded.countDown();
              return path;
            }));
    run.model("a")
        .calls(
            call("t1", "read_file", "path", "1"),
            call("t2", "read_file", "path", "2"),
            call("t3", "read_file", "path", "3"))
        .says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("record").getFirst()).contains("t[t1=text:1,t2=text:2,t3=text:3]");
    assertThat(run.journal.lines("tool-ended")).hasSize(3);
    assertThat(run.journal.lines("turn", "tool-started", "flush"))
        .hasSize(5)
        .endsWith("tool-started 0 t3 read_file {\"path\":\"3\"}", "flush");
  }

  private static void meet(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void offersTheModelTheToolsOfTheAgent() throws InterruptedException {
    run.tools.put(FakeTool.reading());

    run.execute(sequence("a"), "hello");

    assertThat(run.model("a").requests().getFirst().tools())
        .extracting(ToolSpec::name)
        .containsExactly("read_file");
  }

  @Test
  void runsAsManyCallsAsItsLimitAndRefusesTheNext() throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a")
        .calls(
            IntStream.rangeClosed(0, ToolCaller.MAX_CALLS)
                .mapToObj(i -> call("t" + i, "read_file", "path", "x"))
                .toArray(ModelPart.ToolCall[]::new))
        .says("ok");

    run.execute(sequence("a"), "hello");

    List<String> ended = run.journal.lines("tool-ended");
    assertThat(ended.stream().filter(line -> line.contains(" completed "))).hasSize(128);
    assertThat(ended)
        .contains(
            "tool-ended 0 t128 failed <Too many tool calls in one answer: only the first 128 are"
                + " run. Make this call again in your next answer.>");
  }

  @Test
  void cutsAnOutputPastItsLimit() throws InterruptedException {
    run.tools.put(new FakeTool("read_file", path -> path.repeat(ToolCaller.MAX_OUTPUT_CHARACTERS)));
    run.model("a")
        .calls(call("t1", "read_file", "path", "x"))
        .calls(call("t2", "read_file", "path", "xy"))
        .says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.events(EngineEvent.ToolEnded.class))
        .extracting(event -> ((EngineEvent.ToolOutcome.Completed) event.outcome()).output())
        .satisfiesExactly(
            whole -> assertThat(whole).hasSize(ToolCaller.MAX_OUTPUT_CHARACTERS),
            cut ->
                assertThat(cut)
                    .endsWith(
                        "x\n[cut: the output is longer than 4194304 characters]".substring(1)));
  }

  @Test
  void endsNormallyAtMaxStepsWithTheToolsRun() throws InterruptedException {
    run.agent("a", definition -> definition.tools("read_file").maxSteps(3));
    run.tools.put(FakeTool.reading());
    IntStream.range(0, 5)
        .forEach(i -> run.model("a").calls(call("t" + i, "read_file", "path", "x")));

    assertThat(run.execute(sequence("a"), "hello").text()).isEmpty();

    assertThat(run.model("a").requests()).hasSize(3);
    assertThat(run.journal.lines("tool-ended")).hasSize(3);
    assertThat(run.journal.lines("stream")).endsWith("stream 0 a done <> 30/3 tool-calls");
  }

  @Test
  void keepsTheTextOfTheLastRoundTripOnly() throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a")
        .streams(
            FinishReason.TOOL_CALLS,
            new ModelPart.Text("let me look"),
            call("t1", "read_file", "path", "x"))
        .says("it says x");

    assertThat(run.execute(sequence("a"), "hello").text()).isEqualTo("it says x");
    assertThat(run.model("a").requests().get(1).messages())
        .map(Message::content)
        .map(content -> content.text())
        .containsExactly("hello", "let me look", "");
  }

  @Test
  void stopsEveryToolWhenItIsInterrupted() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    run.tools.put(
        new FakeTool(
            "read_file",
            path -> {
              running.incrementAndGet();
              try {
                new CountDownLatch(1).await();
                return path;
              } finally {
                running.decrementAndGet();
              }
            }));
    run.model("a")
        .calls(call("t1", "read_file", "path", "1"), call("t2", "read_file", "path", "2"));

    FakeRun.Running started = run.start(sequence("a"), "hello");
    await().until(() -> running.get() == 2);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(running).hasValue(0);
    assertThat(run.journal.lines("tool-ended", "record")).isEmpty();
  }

  @Test
  void isStoppedByAnInterruptionThatAToolMadeAnExceptionOf() throws InterruptedException {
    CountDownLatch inTool = new CountDownLatch(1);
    run.tools.put(
        new FakeTool(
            "read_file",
            _ -> {
              inTool.countDown();
              try {
                new CountDownLatch(1).await();
                throw new AssertionError();
              } catch (InterruptedException swallowed) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(swallowed);
              }
            }));
    run.model("a").calls(call("t1", "read_file", "path", "1"));

    FakeRun.Running started = run.start(sequence("a"), "hello");
    inTool.await();

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.journal.lines("tool-ended")).isEmpty();
  }

  @Test
  void sumsUsageOverRoundTripsAndKeepsTheContextOfTheLast() throws InterruptedException {
    run.tools.put(FakeTool.reading());
    run.model("a").calls(call("t1", "read_file", "path", "x")).says("ok");

    run.execute(sequence("a"), "hello");

    EngineEvent.AgentOutput output = run.journal.events(EngineEvent.AgentOutput.class).getFirst();
    assertThat(output.usage()).isEqualTo(FakeModel.COST.plus(FakeModel.COST));
    assertThat(output.contextUsage()).contains(FakeModel.context(FakeModel.COST));
  }
}
