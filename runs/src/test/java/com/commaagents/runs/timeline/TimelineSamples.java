package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.people.People;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEvent.OpenToolCall;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Every kind of timeline event, once with all its optional fields and once with none.
final class TimelineSamples {
  private static final Instant AT = Instant.parse("2026-11-22T06:36:14.918Z");
  private static final Usage USAGE = new Usage(10, 4);
  private static final Optional<BigDecimal> COST = Optional.of(new BigDecimal("0.0125"));

  private final Map<String, TimelineEntry> entries = new LinkedHashMap<>();

  private TimelineSamples() {}

  /// The entry by the name of its golden file.
  static Map<String, TimelineEntry> all() {
    TimelineSamples samples = new TimelineSamples();
    samples.segments();
    samples.steps();
    samples.conversation();
    samples.people();
    samples.tools();
    samples.answers();
    return samples.entries;
  }

  /// A record with nothing optional.
  static CallRecord record(String id, String agentName, String text) {
    return new CallRecord(
        id,
        agentName,
        AT,
        Message.user("ask"),
        List.of(Message.assistant(List.of(Part.text(text)))),
        text,
        USAGE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }

  private void segments() {
    add(
        "run_started.all",
        new TimelineEvent.RunStarted(
            "/home/ann/strategies/review.yaml",
            "review",
            "/home/ann/work",
            Optional.of("Grüße, 世界 \ud83d\ude80 \"quoted\"\nsecond line"),
            Optional.of("/home/ann/work/comma.json"),
            Optional.of("openai/gpt-x"),
            true,
            Optional.of(
                new TimelineEvent.Shape(
                    List.of("writer", "critic"), Json.object().put("name", "main"))),
            RunLimits.NONE
                .withMaxTokens(2_000_000)
                .withMaxCostUsd(new BigDecimal("0.25"))
                .withMaxDuration(Duration.ofMinutes(10))
                .withMaxAgentCalls(20)
                .withMaxToolCalls(1L << 40),
            List.of(
                new McpServerStatus(
                    "files",
                    "workspace",
                    "stdio",
                    true,
                    false,
                    Optional.of(true),
                    7,
                    List.of("writer"),
                    Optional.empty()),
                new McpServerStatus(
                    "far",
                    "global",
                    "sse",
                    false,
                    true,
                    Optional.of(false),
                    0,
                    List.of(),
                    Optional.of("out of reach"))),
            OptionalLong.of(17)));
    add(
        "run_started.none",
        new TimelineEvent.RunStarted(
            "/s.yaml",
            "s",
            "/",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            RunLimits.NONE,
            List.of(),
            OptionalLong.empty()));
    add(
        "run_completed.all",
        new TimelineEvent.RunCompleted(
            RunState.Finished.completed(),
            Optional.of(new CallResult("done", USAGE, Optional.empty(), FinishReason.STOP, COST)),
            OptionalLong.of(1L << 40)));
    add(
        "run_completed.none",
        new TimelineEvent.RunCompleted(
            RunState.Finished.completed(), Optional.empty(), OptionalLong.empty()));
    add(
        "run_completed.error",
        new TimelineEvent.RunCompleted(
            RunState.Finished.failed("EXECUTION_ERROR", "Step \"a\" failed"),
            Optional.empty(),
            OptionalLong.of(9)));
    add(
        "run_completed.cancelled",
        new TimelineEvent.RunCompleted(
            RunState.Finished.cancelled("Run cancelled by client"),
            Optional.empty(),
            OptionalLong.of(9)));
  }

  private void steps() {
    EngineEvent.Step agent =
        new EngineEvent.Step(
            "1/cycle[2]/0", "writer", "cycle", Optional.of("writer"), OptionalInt.of(0));
    EngineEvent.Step flow =
        new EngineEvent.Step("1", "cycle", "main", Optional.empty(), OptionalInt.empty());
    add("step_started.all", new TimelineEvent.StepStarted(agent));
    add("step_started.none", new TimelineEvent.StepStarted(flow));
    add(
        "step_completed.all",
        new TimelineEvent.StepCompleted(
            agent,
            Optional.of(
                new CallResult(
                    "written", USAGE, Optional.of(contextUsage()), FinishReason.LENGTH))));
    add(
        "step_completed.plain",
        new TimelineEvent.StepCompleted(
            flow,
            Optional.of(new CallResult("", Usage.NONE, Optional.empty(), FinishReason.STOP))));
    add("step_completed.none", new TimelineEvent.StepCompleted(flow, Optional.empty()));
  }

  private void conversation() {
    add(
        "agent_call.all",
        new TimelineEvent.AgentCall(fullRecord(), Optional.of("1/cycle[2]/observer"), COST));
    add(
        "agent_call.none",
        new TimelineEvent.AgentCall(
            record("r1", "writer", "hello"), Optional.empty(), Optional.empty()));
    add(
        "sub_agent_call.all",
        new TimelineEvent.SubAgentCall("l1", "0/launch[call_1]/0", fullRecord(), COST));
    add(
        "sub_agent_call.none",
        new TimelineEvent.SubAgentCall(
            "l1", "0/launch[c]/1/launch[d]/0", record("r1", "w", "x"), Optional.empty()));
    add("summary_made.all", new TimelineEvent.SummaryMade("writer", "1", Spent.of(USAGE, COST)));
    add("summary_made.none", new TimelineEvent.SummaryMade("writer", "1", Spent.NOTHING));
    add(
        "conversation_retention.all",
        new TimelineEvent.ConversationRetention(
            new RetentionEvent(
                "e1",
                "writer",
                AT,
                RetentionEvent.Reason.CONTEXT_WINDOW,
                new RetentionEvent.Trigger(
                    Optional.of("openai/gpt-x"),
                    Optional.of(contextUsage()),
                    OptionalLong.of(1000),
                    OptionalLong.of(2000),
                    OptionalLong.of(1000),
                    OptionalDouble.of(0.9375),
                    OptionalDouble.of(0.75),
                    OptionalLong.of(12),
                    OptionalLong.of(10)),
                2,
                1,
                record("summary", "writer", "in short"),
                List.of("r1", "r2"),
                Optional.of("r3"),
                Json.object().put("later", true))));
    add(
        "conversation_retention.none",
        new TimelineEvent.ConversationRetention(
            new RetentionEvent(
                "e1",
                "writer",
                AT,
                RetentionEvent.Reason.RECORD_COUNT,
                noTrigger(),
                0,
                0,
                record("summary", "writer", "in short"),
                List.of(),
                Optional.empty(),
                Part.NO_EXTRA)));
  }

  private void people() {
    add(
        "user_input.human",
        new TimelineEvent.UserInput(
            "user", "yes\u2028please", true, Optional.of("0"), Optional.of("st-1")));
    add(
        "user_input.agent",
        new TimelineEvent.UserInput("writer", "", false, Optional.empty(), Optional.empty()));
    add(
        "permission_decision.all",
        new TimelineEvent.PermissionDecided(
            People.Decision.ALLOW_SESSION, "coder", "create_file", "/home/ann/work/a.txt"));
    add(
        "permission_decision.none",
        new TimelineEvent.PermissionDecided(People.Decision.DENY, "", "", ""));
    add("steering.all", new TimelineEvent.Steering("st-1", "be brief"));
  }

  private void tools() {
    add(
        "tool_mutation.all",
        new TimelineEvent.ToolMutated(
            new EngineEvent.ToolMutation(
                "coder",
                "move_file",
                EngineEvent.MutationKind.MOVE,
                "/w/a.txt",
                Optional.of("/w/b.txt"),
                Optional.of("aa"),
                Optional.of("bb"),
                Optional.of("-x\n+y\n"),
                Optional.of("the target exists"))));
    add(
        "tool_mutation.none",
        new TimelineEvent.ToolMutated(
            new EngineEvent.ToolMutation(
                "coder",
                "create_file",
                EngineEvent.MutationKind.CREATE,
                "/w/a.txt",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
    add(
        "tool_call.all",
        new TimelineEvent.ToolCalled(
            new EngineEvent.ToolStarted("coder", "0", "call_1", "bash", "{\"command\":\"ls\"}")));
    add(
        "tool_result.completed",
        new TimelineEvent.ToolResult(
            new EngineEvent.ToolEnded(
                "0",
                "call_1",
                new EngineEvent.ToolOutcome.Completed("a.txt\n"),
                Duration.ofMillis(1234))));
    add(
        "tool_result.error",
        new TimelineEvent.ToolResult(
            new EngineEvent.ToolEnded(
                "0",
                "call_1",
                new EngineEvent.ToolOutcome.Failed("unknown tool \"bush\""),
                Duration.ZERO)));
  }

  private void answers() {
    Message.Assistant called =
        Message.assistant(
            List.of(
                Part.reasoning("hm", Json.object().put("signature", "s1")),
                Part.toolCall("call_1", "bash", Json.object().put("command", "ls"))));
    add(
        "model_turn.all",
        new TimelineEvent.ModelTurn(
            new EngineEvent.ModelTurn(
                "coder",
                "0",
                "r1",
                0,
                Optional.of(Message.user("list the files")),
                called,
                Spent.of(USAGE, COST),
                fullRecord().contextUsage(),
                FinishReason.TOOL_CALLS)));
    add(
        "model_turn.none",
        new TimelineEvent.ModelTurn(
            new EngineEvent.ModelTurn(
                "coder",
                "0",
                "r1",
                1,
                Optional.empty(),
                called,
                Spent.of(USAGE, Optional.empty()),
                Optional.empty(),
                FinishReason.OTHER)));
    add(
        "agent_partial.all",
        new TimelineEvent.AgentPartial(
            new Partial(
                "coder",
                "0",
                "so far",
                "hm",
                List.of(
                    new OpenToolCall("call_1", "bash", "{\"command\":\"sleep 9\"}"),
                    new OpenToolCall("call_2", "bash", "")))));
    add(
        "agent_partial.none",
        new TimelineEvent.AgentPartial(new Partial("coder", "0", "", "", List.of())));
    add("seq_mark.all", new TimelineEvent.SeqMark(524_289));
    add("other", new TimelineEvent.Other("something_new"));
  }

  private static CallRecord fullRecord() {
    return new CallRecord(
        "r1",
        "coder",
        AT,
        new Message.User(new Message.Content.Parts(List.of(Part.text("list the files")))),
        List.of(
            Message.assistant(
                List.of(
                    Part.reasoning("hm", Json.object().put("signature", "s1")),
                    Part.toolCall("call_1", "bash", Json.object().put("command", "ls")))),
            Message.tool(
                List.of(
                    Part.toolResult("call_1", "bash", Part.OutputKind.ERROR_TEXT, "no such file"))),
            Message.assistant(
                List.of(
                    Part.text("There is none."),
                    new Part.Other(Json.object().put("type", "image").put("url", "x"))))),
        "There is none.",
        USAGE,
        Optional.of(contextUsage()),
        FinishReason.STOP,
        Optional.of("summary"),
        Json.object().put("later", 1));
  }

  private static ContextUsage contextUsage() {
    return ContextUsage.reported(10, 4, OptionalLong.of(6), OptionalLong.of(1), OptionalLong.of(3));
  }

  private static RetentionEvent.Trigger noTrigger() {
    return new RetentionEvent.Trigger(
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private void add(String name, TimelineEvent event) {
    entries.put(name, new TimelineEntry(AT, event));
  }
}
