package com.commaagents.runs.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.AgentWork;
import com.commaagents.engine.plugin.AgentWork.Answer;
import com.commaagents.engine.plugin.AgentWork.Question;
import com.commaagents.engine.plugin.AgentWork.ToolUse;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.engine.plugin.ToolType;
import com.commaagents.engine.plugin.Types;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A run whose agents, flows and tools are those of a plug-in is cut off after each entry of its
/// timeline, and resumed.
final class AddedTypesResumeTest {
  private static final String UNKNOWN = "interrupted: outcome unknown";
  private static final String STEERED = "mind the gap";

  @TempDir Path folder;
  private Path strategy;
  private WholeRun run;
  private List<TimelineEntry> whole;

  /// Does all that an agent of an added type can do.
  private record Odd(boolean changed) implements AgentType {
    @Override
    public String name() {
      return "odd";
    }

    @Override
    public boolean usesModelAndTools() {
      return true;
    }

    @Override
    public String answer(AgentType.Call call) throws InterruptedException {
      AgentWork work = call.work();
      work.text("let me see");
      String before = work.steering().toString();
      work.spent(new Usage(2, 1), Optional.of(new BigDecimal("0.125")));
      Answer first = work.ask(new Question(Optional.empty(), said(call), work.tools(), true));
      String after = work.steering().toString();
      List<Message> messages = new ArrayList<>(said(call));
      messages.add(first.message());
      messages.add(work.use(first));
      Answer second = work.ask(new Question(Optional.empty(), messages, work.tools(), false));
      List<ToolUse> uses = new ArrayList<>(List.of(use("safe"), use("unsafe")));
      if (changed) {
        uses.removeLast();
      }
      return before + after + second.text() + work.use(uses) + "#" + call.earlier().size();
    }

    private static List<Message> said(AgentType.Call call) {
      return List.of(Message.user(call.message()));
    }

    private static ToolUse use(String tool) {
      return new ToolUse(tool, Json.object().put("long", 1L).put("float", 0.5f));
    }
  }

  /// Runs each step twice.
  private record Twice() implements FlowType {
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
      return text;
    }
  }

  private record CountingTool(String name, AtomicInteger count) implements ToolType {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(name, name, Json.object().put("type", "object"), name.equals("safe"));
    }

    @Override
    public String call(JsonNode arguments, ToolType.Call call) {
      count.incrementAndGet();
      return name + " did it";
    }
  }

  private Team team(List<TimelineEntry> past, AgentType odd) {
    TeamTools tools = TeamTools.of();
    Types types =
        Types.of(
            List.of(odd),
            List.of(new Twice()),
            List.of(
                new CountingTool("safe", tools.safe), new CountingTool("unsafe", tools.unsafe)));
    return new Team(folder, past, tools, Extensions.NONE.withTypes(types));
  }

  private Team team(List<TimelineEntry> past) {
    return team(past, new Odd(false));
  }

  @BeforeEach
  void runItOnce() throws IOException, InterruptedException {
    Team.writeStrategies(folder);
    strategy =
        Files.writeString(
            folder.resolve("added.yaml"),
            """
            name: added
            version: "1"
            agents:
              odd: { type: odd, config: { model: team/tool, tools: [safe, unsafe] } }
              even: { type: odd, config: { model: team/tool, tools: [safe, unsafe] } }
              worker: { model: team/work, tools: [safe, unsafe, launch_strategy] }
            flow:
              name: main
              type: sequential
              steps:
                - agent: odd
                - name: again
                  type: twice
                  steps: [{ agent: odd }, { agent: worker }]
                - name: both
                  type: broadcast
                  steps: [{ agent: odd }, { agent: even }]
            """);
    run = WholeRun.play(this::team, request(), STEERED);
    whole = run.timeline();
    assertThat(run.end().result()).contains("unsafe did it", STEERED, "#3");
    assertThat(run.unsafeCalls()).isEqualTo(7);
    assertThat(run.end().costUsd()).isPresent();
  }

  @Test
  void comesToTheSameEndWhereverItWasInterrupted() throws InterruptedException {
    run.resumedEverywhere(this::check);
  }

  @Test
  void comesToTheSameEndWhenItIsInterruptedAgain() throws InterruptedException {
    run.resumedTwice(this::check);
  }

  @Test
  void givesSteeringOutOnceHoweverOftenItIsInterruptedThere() throws InterruptedException {
    List<TimelineEntry> past = whole;
    for (int i = 0; i < 3; i++) {
      List<TimelineEntry> cut = past.subList(0, lastSteered(past) + 1);
      past = run.resume(cut, this::check, "interrupted once more " + i).timeline();
    }
  }

  private static int lastSteered(List<TimelineEntry> past) {
    int last = past.size() - 1;
    while (!(past.get(last).event() instanceof TimelineEvent.UserInput said
        && said.steeringId().isPresent())) {
      last--;
    }
    return last;
  }

  @Test
  void failsWhereAnAgentDoesNotAskForTheSameAgain() throws InterruptedException {
    int used = 0;
    while (!(whole.get(used).event() instanceof TimelineEvent.ToolCalled(var call)
        && call.toolName().equals("unsafe"))) {
      used++;
    }
    try (Team team = team(whole.subList(0, used + 1), new Odd(true))) {
      team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty());

      assertThat(((RunMessage.StrategyFailed) team.playToTheEnd().getLast()).error().message())
          .contains(
              "the agent does not ask for what it had asked for before the interruption; continue"
                  + " the run with a further prompt instead");
      assertThat(team.tools.unsafe).hasValue(0);
    }
  }

  private void check(WholeRun.Resumed resumed, String where) {
    boolean steered =
        resumed.timeline().stream()
            .anyMatch(entry -> entry.event() instanceof TimelineEvent.Steering);
    String expected = run.end().result();
    assertThat(known(resumed.end().result()))
        .as(where)
        .isEqualTo(known(steered ? expected : expected.replace(STEERED, "")));
  }

  // A tool call that must not be repeated gives another text; everything else is the same.
  private static String known(String result) {
    return result
        .replaceAll(
            "Failed\\[error=" + UNKNOWN + "[^|]*?make it again\\.\\]",
            "Completed[output=unsafe did it]")
        .replaceAll(UNKNOWN + "[^|]*?make it again\\.", "unsafe did it");
  }

  // Exactly what the run needs: a call that is counted twice would end it.
  private PrepareRunOptions request() {
    return new PrepareRunOptions(
            Optional.of(Team.RUN.value()),
            Optional.of(strategy.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .withLimits(RunLimits.NONE.withMaxAgentCalls(11).withMaxToolCalls(23));
  }
}
