package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeModel.call;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.AgentWork;
import com.commaagents.engine.plugin.AgentWork.Answer;
import com.commaagents.engine.plugin.AgentWork.Question;
import com.commaagents.engine.plugin.AgentWork.ToolUse;
import com.commaagents.engine.plugin.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import org.junit.jupiter.api.io.TempDir;
import java.util.OptionalInt;
import java.util.Map;
import java.nio.file.Path;
import java.nio.file.Files;
import java.io.IOException;
import com.commaagents.strategy.skill.Skills;
import com.commaagents.strategy.skill.Skill;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.event.EngineEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CustomAgentTest {
  private static final Optional<BigDecimal> UNKNOWN = Optional.empty();

  private final FakeRun run = new FakeRun();

  /// An agent of the test's own.
  private record Odd(boolean usesModelAndTools, Answering answering) implements AgentType {
    @Override
    public String name() {
      return "odd";
    }

    @Override
    public String answer(Call call) throws InterruptedException {
      return answering.answer(call);
    }
  }

  @FunctionalInterface
  private interface Answering {
    String answer(AgentType.Call call) throws InterruptedException;
  }

  private CallResult execute(Answering answering) throws InterruptedException {
    run.types = Types.of(List.of(new Odd(true, answering)), List.of());
    run.tools.put(FakeTool.reading());
    return run.custom("x", Optional.of("acme/x"), "read_file").execute(sequence("x"), "go");
  }

  @Test
  void callsToolsAsALlmAgentDoes() throws InterruptedException {
    CallResult result =
        execute(call -> {
          ToolOutcome read = call.work().use("read_file", Json.object().put("path", "a"));
          ToolOutcome wrong = call.work().use("read_file", Json.object());
          return read + " " + (wrong instanceof ToolOutcome.Failed);
        });

    assertThat(result.text()).isEqualTo("Completed[output=content of a] true");
    assertThat(run.journal.lines())
        .startsWith(
            "started 0 x <go>",
            "stream 0 x step-start",
            "turn 0 id-1 0 u[<go>] -> a[id-1-0-0{\"path\":\"a\"}] tool-calls",
            "stream 0 x tool-call id-1-0-0 read_file {\"path\":\"a\"}",
            "tool-started 0 id-1-0-0 read_file {\"path\":\"a\"}",
            "flush",
            "tool-ended 0 id-1-0-0 completed <content of a>",
            "stream 0 x tool-result id-1-0-0 completed <content of a>",
            "turn 0 id-1 1 a[id-1-1-0{}] tool-calls");
    assertThat(run.journal.lines("record").getFirst())
        .startsWith(
            "record 0 id-1 x u[<go>] -> a[id-1-0-0{\"path\":\"a\"}]"
                + " t[id-1-0-0=text:content of a] a[id-1-1-0{}] t[id-1-1-0=error-text:");
  }

  @Test
  void callsSeveralToolsAtOnceAndNoneThatItsConfigDoesNotName() throws InterruptedException {
    run.tools.put(new FakeTool("delete_file", _ -> "gone"));

    CallResult result =
        execute(call ->
            call.work()
                .use(
                    List.of(
                        new ToolUse("read_file", Json.object().put("path", "a")),
                        new ToolUse("delete_file", Json.object().put("path", "b"))))
                .toString());

    assertThat(result.text())
        .isEqualTo(
            "[Completed[output=content of a], Failed[error=There is no tool delete_file. Available"
                + " tools: read_file. Call one of these, or answer without a tool.]]");
    assertThat(run.journal.lines("turn")).hasSize(1);
  }

  @Test
  void asksItsModelAndCountsWhatThatSpends() throws InterruptedException {
    run.model("x").says("he", "llo");

    CallResult result =
        execute(call -> call.work().ask(Question.of("who?")).text() + call.work().tools().size());

    assertThat(result.text()).isEqualTo("hello1");
    assertThat(result.usage()).isEqualTo(FakeModel.COST);
    assertThat(run.journal.lines("stream", "output"))
        .containsExactly(
            "stream 0 x step-start",
            "output 0 x <hello1> 10/1",
            "stream 0 x done <hello1> 10/1 stop");
    assertThat(run.journal.lines("turn"))
        .containsExactly("turn 0 id-1 0 u[<go>] -> a[<hello>] stop");
  }

  @Test
  void showsWhatAModelSaysAndRunsTheToolsItAsksFor() throws InterruptedException {
    run.model("x").calls(call("c1", "read_file", "path", "a")).says("read it");

    CallResult result =
        execute(given -> {
          AgentWork work = given.work();
          List<Message> messages = new ArrayList<>(List.of(Message.user(given.message())));
          while (true) {
            Answer answer =
                work.ask(new Question(Optional.of("be brief"), messages, work.tools(), true));
            if (answer.calls().isEmpty()) {
              return answer.text();
            }
            messages.add(answer.message());
            messages.add(work.use(answer));
          }
        });

    assertThat(result.text()).isEqualTo("read it");
    assertThat(result.usage()).isEqualTo(new Usage(20, 2));
    assertThat(run.model("x").roles(1)).isEqualTo("suat");
    assertThat(run.journal.lines("stream"))
        .containsExactly(
            "stream 0 x step-start",
            "stream 0 x step-start",
            "stream 0 x tool-call c1 read_file {\"path\":\"a\"}",
            "stream 0 x tool-result c1 completed <content of a>",
            "stream 0 x step-start",
            "stream 0 x text <read it>",
            "stream 0 x done <read it> 20/2 stop");
  }

  @Test
  void worksWithServersSkillsAndOptionsAsALlmAgentDoes(@TempDir Path folder) throws Exception {
    run.skills =
        new Skills(
            Map.of("style", skill(folder, "style"), "tone", skill(folder, "tone")), List.of());
    run.tools.put(new FakeTool("load_skill", _ -> "loaded"));
    Tool search = new ServerTool(new FakeTool("mcp__web__search", path -> "found " + path));
    run.servers = id -> id.equals("web") ? List.of(search) : List.of();
    ModelOptions options = FakeRun.maxRetries(OptionalInt.of(0));
    Map<String, JsonNode> providerOptions = Map.of("acme", Json.object().put("deep", true));
    JsonNode schema = Json.object().put("type", "string");
    run.model("x").calls(call("c1", "mcp__web__search", "path", "a")).fails(503, true);
    run.types =
        Types.of(
            List.of(
                new Odd(
                    true,
                    given -> {
                      AgentWork work = given.work();
                      Question asked =
                          new Question(
                              work.skills(),
                              List.of(Message.user(given.message())),
                              work.tools(),
                              false,
                              Optional.of(schema));
                      work.use(work.ask(asked));
                      return work.ask(asked).text();
                    })),
            List.of());
    run.custom(
        "x",
        new Equipment(
            Optional.of("acme/x"),
            List.of("load_skill"),
            List.of("web", "off"),
            List.of("style"),
            providerOptions,
            options));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("x"), "go"))
        .withMessage("Step \"x\" failed: acme answered 503");

    assertThat(run.model("x").requests())
        .as("one failure, and no try after it")
        .hasSize(2)
        .first()
        .isEqualTo(
            new ModelRequest(
                "x",
                Optional.of(
                    """
                    # Skill: style

                    All about style.

                    # Skills

                    Load a skill with load_skill before a task that it fits:
                    - tone: For tone.\
                    """),
                List.of(Message.user("go")),
                List.of(new FakeTool("load_skill", _ -> "").spec(), search.spec()),
                options,
                providerOptions,
                Optional.of(schema)));
    assertThat(run.journal.lines("tool-ended"))
        .containsExactly("tool-ended 0 c1 completed <found a>");
    assertThat(run.journal.events(EngineEvent.Streaming.class))
        .extracting(EngineEvent.Streaming::event)
        .contains(
            new StreamEvent.ToolCall(
                "c1", "mcp__web__search", "{\"path\":\"a\"}", search.origin()));
  }

  /// A tool of a server.
  private record ServerTool(FakeTool tool) implements Tool {
    @Override
    public ToolSpec spec() {
      return tool.spec();
    }

    @Override
    public Optional<McpOrigin> origin() {
      return Optional.of(new McpOrigin("web", "search"));
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
      return tool.call(arguments, context);
    }
  }

  private static Skill skill(Path folder, String name) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("SKILL.md");
    Files.writeString(
        file,
        "---\nname: %s\ndescription: For %s.\n---\nAll about %s.\n".formatted(name, name, name));
    return new Skill(name, "For " + name + ".", file);
  }

  @Test
  void isPreparedOnlyWithSkillsThatCanBeRead() {
    run.types = Types.of(List.of(new Odd(true, _ -> "")), List.of());
    run.custom(
        "x",
        new Equipment(
            Optional.empty(), List.of(), List.of(), List.of("style"), Map.of(), ModelOptions.NONE));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.prepare(sequence("x")))
        .withMessage("Agent \"x\": the skill style cannot be read. Look at the skills folders.");
  }

  @Test
  void tellsOfToolsThatWereAskedForUnseen() throws InterruptedException {
    run.model("x").calls(call("c1", "read_file", "path", "a"));

    execute(given -> {
      Answer answer = given.work().ask(Question.of("read"));
      return given.work().use(answer).content().asParts().size() + "";
    });

    assertThat(run.journal.lines("stream"))
        .containsExactly(
            "stream 0 x step-start",
            "stream 0 x tool-call c1 read_file {\"path\":\"a\"}",
            "stream 0 x tool-result c1 completed <content of a>",
            "stream 0 x done <1> 10/1 stop");
  }

  @Test
  void usesOnlyTheNewestAnswerAndThatOnce() throws InterruptedException {
    run.model("x").calls(call("c1", "read_file", "path", "a")).says("nothing to do");

    execute(given -> {
      Answer first = given.work().ask(Question.of("read"));
      given.work().use(first);
      assertThatIllegalStateException().isThrownBy(() -> given.work().use(first));
      Answer second = given.work().ask(Question.of("read"));
      assertThatIllegalStateException().isThrownBy(() -> given.work().use(second));
      return "";
    });
  }

  @Test
  void takesSteeringWhenItLikes() throws InterruptedException {
    run.people.steers("to the left");

    assertThat(
            execute(
                    call -> {
                      String first = call.work().steering().toString();
                      run.people.steers("and back");
                      return first + call.work().steering() + call.work().steering();
                    })
                .text())
        .isEqualTo("[to the left][and back][]");
  }

  @Test
  void leavesSteeringToOthersWhereItTakesNone() throws InterruptedException {
    run.people.steers("mind");
    run.types = Types.of(List.of(new Odd(false, AgentType.Call::message)), List.of());

    run.custom("x").llm("y").execute(sequence("x", "y"), "go");

    assertThat(run.journal.lines("record").getLast()).contains("mind");
  }

  @Test
  void countsWhatItSaysItHasSpent() throws InterruptedException {
    CallResult result =
        execute(call -> {
          call.work().spent(new Usage(5, 2), Optional.of(new BigDecimal("0.25")));
          call.work().spent(new Usage(1, 0), Optional.of(new BigDecimal("0.5")));
          return "done";
        });

    assertThat(result.usage()).isEqualTo(new Usage(6, 2));
    assertThat(result.costUsd()).contains(new BigDecimal("0.75"));
    assertThat(run.journal.lines("output")).containsExactly("output 0 x <done> 6/2");
  }

  @Test
  void makesTheCostUnknownWhereItDoesNotSay() throws InterruptedException {
    run.model("x").price(ModelPrice.of("1", "1"));
    CallResult result =
        execute(call -> {
          call.work().spent(new Usage(5, 2), UNKNOWN);
          return call.work().ask(Question.of("x")).text();
        });

    assertThat(result.costUsd()).isEmpty();
  }

  @Test
  void spendsNoLessThanNothing() throws InterruptedException {
    execute(call -> {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call.work().spent(new Usage(-1, 0), UNKNOWN));
      return "";
    });
  }

  @Test
  void refusesUnknownCostWhereItIsLimited() {
    run.limits(RunLimits.NONE.withMaxCostUsd(BigDecimal.ONE));
    run.model("x").price(ModelPrice.FREE);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() ->
            execute(call -> {
              call.work().spent(new Usage(5, 2), UNKNOWN);
              return "";
            }))
        .withMessage(
            "Step \"x\" failed: limits.maxCostUsd: agent \"x\" does not say what it has spent, so"
                + " its cost cannot be limited. Limit the run with maxTokens instead.");
  }

  @Test
  void isHeldToTheLimitsOfTheRunAlsoWhenItSwallowsTheInterruption() {
    run.limits(RunLimits.NONE.withMaxTokens(11));
    Answering stubborn =
        call -> {
          for (int i = 0; i < 3; i++) {
            try {
              call.work().ask(Question.of("more"));
            } catch (InterruptedException swallowed) {
              // As code should not.
            }
          }
          return "I go on";
        };

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(stubborn));

    assertThat(run.model("x").requests()).hasSize(2);
    assertThat(run.reached).hasSize(1);
    assertThat(run.journal.lines("record")).isEmpty();
  }

  @Test
  void countsItsToolCalls() {
    run.limits(RunLimits.NONE.withMaxToolCalls(1));

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            execute(call -> {
              call.work().use("read_file", Json.object().put("path", "a"));
              call.work().use("read_file", Json.object().put("path", "b"));
              return "";
            }));

    assertThat(run.journal.lines("tool-ended")).hasSize(1);
  }

  @Test
  void isStoppedWhileItsModelAnswers() throws InterruptedException {
    run.model("x").hangs();
    run.types =
        Types.of(
            List.of(new Odd(true, call -> call.work().ask(Question.of("wait")).text())), List.of());
    FakeRun.Running running = run.custom("x", Optional.of("acme/x")).start(sequence("x"), "go");
    await().until(run.model("x")::isHanging);

    assertThat(running.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.model("x").isHanging()).isFalse();
  }

  @Test
  void failsWithWhatTheModelSaid() {
    run.model("x").fails(401, false);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> execute(call -> call.work().ask(Question.of("x")).text()))
        .withMessage("Step \"x\" failed: acme answered 401");
  }

  @Test
  void asksNoModelWhereItsConfigNamesNone() {
    run.types =
        Types.of(
            List.of(new Odd(true, call -> call.work().ask(Question.of("x")).text())), List.of());

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.custom("x").execute(sequence("x"), "go"))
        .withMessage(
            "Step \"x\" failed: Agent \"x\" has no model; give it one in its config or override"
                + " it");
  }

  @Test
  void asksTheOverridingModel() throws InterruptedException {
    run.override("acme/other").models.get("acme/other").says("other");

    assertThat(execute(call -> call.work().ask(Question.of("x")).text()).text()).isEqualTo("other");
  }

  @Test
  void isHeldToAKnownPriceFromTheStart() {
    run.limits(RunLimits.NONE.withMaxCostUsd(BigDecimal.ONE));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> execute(_ -> ""))
        .withMessageContaining("the price of the model \"acme/x\" of agent \"x\" is not known");
  }

  @Test
  void doesNothingMoreWhenItHasAnswered() throws InterruptedException {
    AtomicReference<@Nullable AgentWork> kept = new AtomicReference<>();
    execute(call -> {
      kept.set(call.work());
      return "";
    });

    assertThat(catchThrowable(() -> requireNonNull(kept.get()).text("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(catchThrowable(() -> requireNonNull(kept.get()).steering()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isUsedByTheThreadThatAnswers() throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    execute(call -> {
      Thread other =
          Thread.ofVirtual().start(() -> thrown.set(catchThrowable(() -> call.work().text("x"))));
      other.join();
      return "";
    });

    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an agent's work is done by the thread that answers, while it does");
  }

  @Test
  void asksAsOftenAsItMay() throws InterruptedException {
    assertThat(asking(CustomCall.MAX_TURNS).text()).isEqualTo("done");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> asking(CustomCall.MAX_TURNS + 1))
        .withMessage(
            "Step \"x\" failed: a call of an agent of an added type asks models and uses tools at"
                + " most 10000 times");
  }

  private CallResult asking(int times) throws InterruptedException {
    return execute(call -> {
      for (int i = 0; i < times; i++) {
        call.work().ask(Question.of(""));
      }
      return "done";
    });
  }
}
