package com.commaagents.server.mapping;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.Step;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.people.People;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.message.RunMessage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Everything a run system publishes, by the name of its golden file: each kind of message with all
/// its fields, and without those it can lack.
final class RunMessageSamples {
  private static final String PATH = "1/cycle[2]/0";
  private static final Optional<String> REQUEST = Optional.of("req-1");
  private static final Step STEP =
      new Step(PATH, "coder", "loop", Optional.of("coder"), OptionalInt.of(0));
  private static final Speaker SPEAKER =
      new Speaker(
          "coder",
          PATH,
          new ModelInfo("openai/gpt", OptionalLong.of(128_000), OptionalLong.of(100_000)));
  private static final Speaker UNKNOWN_MODEL =
      new Speaker(
          "coder", PATH, new ModelInfo("x/y/z", OptionalLong.empty(), OptionalLong.empty()));
  private static final Usage USAGE = new Usage(110, 15);
  private static final ContextUsage FULL_CONTEXT =
      ContextUsage.reported(110, 15, OptionalLong.of(40), OptionalLong.of(7), OptionalLong.of(5));
  private static final ContextUsage BARE_CONTEXT =
      new ContextUsage(
          125, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  private static final Optional<McpOrigin> ORIGIN = Optional.of(new McpOrigin("files", "read"));

  private final Map<String, RunMessage> byName = new LinkedHashMap<>();

  private RunMessageSamples() {}

  static Map<String, RunMessage> all() {
    RunMessageSamples samples = new RunMessageSamples();
    samples.segments();
    samples.steps();
    samples.texts();
    samples.toolCalls();
    samples.people();
    return samples.byName;
  }

  private void segments() {
    JsonNode flow =
        json("{\"type\":\"sequential\",\"name\":\"main\",\"steps\":[{\"agent\":\"a\"}]}");
    List<String> agents = List.of("coder", "a");
    byName.put(
        "strategy_started.full", new RunMessage.StrategyStarted("work", agents, flow, REQUEST));
    byName.put(
        "strategy_started.bare",
        new RunMessage.StrategyStarted("work", agents, flow, Optional.empty()));
    byName.put(
        "strategy_completed.full",
        new RunMessage.StrategyCompleted(
            "all done", USAGE, Optional.of(new BigDecimal("0.0125")), REQUEST));
    byName.put(
        "strategy_completed.bare",
        new RunMessage.StrategyCompleted("", Usage.NONE, Optional.empty()));
    byName.put(
        "strategy_error.full",
        new RunMessage.StrategyFailed(
            new RunError(RunError.EXECUTION_ERROR, "fake: 400 no such thing"), REQUEST));
    byName.put(
        "strategy_error.bare",
        new RunMessage.StrategyFailed(
            new RunError(RunError.CANCELLED, "Run cancelled by client"), Optional.empty()));
  }

  private void steps() {
    byName.put("step_started.agent", new RunMessage.StepStarted(STEP, "do \"it\"\n"));
    byName.put(
        "step_started.flow",
        new RunMessage.StepStarted(
            new Step("1", "loop", "main", Optional.empty(), OptionalInt.of(1)), "go"));
    byName.put(
        "step_completed.full",
        new RunMessage.StepCompleted(
            STEP, new CallResult("done", USAGE, Optional.of(FULL_CONTEXT), FinishReason.STOP)));
    byName.put(
        "step_completed.bare",
        new RunMessage.StepCompleted(
            STEP, new CallResult("", Usage.NONE, Optional.empty(), FinishReason.TOOL_CALLS)));
    byName.put(
        "agent_output.full",
        new RunMessage.AgentOutput(SPEAKER, "done", USAGE, Optional.of(FULL_CONTEXT)));
    byName.put(
        "agent_output.bare",
        new RunMessage.AgentOutput(UNKNOWN_MODEL, "", USAGE, Optional.of(BARE_CONTEXT)));
  }

  private void texts() {
    stream("step-start", new StreamEvent.StepStart());
    stream("text", new StreamEvent.Text("Grüße \u2028 \uD83D\uDE00 </script>"));
    byName.put(
        "agent_streaming.text.bare",
        new RunMessage.AgentStreaming(UNKNOWN_MODEL, new StreamEvent.Text("")));
    stream("thinking-start", new StreamEvent.ThinkingStart("t1"));
    stream("thinking", new StreamEvent.Thinking("t1", "hm"));
    stream("thinking-end", new StreamEvent.ThinkingEnd("t1"));
    stream(
        "retention", new StreamEvent.Retention(json("{\"id\":\"ret-1\",\"kind\":\"compaction\"}")));
    stream(
        "done",
        new StreamEvent.Done(
            new CallResult("done", USAGE, Optional.of(BARE_CONTEXT), FinishReason.LENGTH)));
  }

  private void toolCalls() {
    stream(
        "tool-call",
        new StreamEvent.ToolCall("call-1", "read_file", "{\"path\": 1,}", Optional.empty()));
    stream("tool-call.mcp", new StreamEvent.ToolCall("call-1", "mcp__files__read", "{}", ORIGIN));
    stream(
        "tool-result",
        new StreamEvent.ToolResult(
            "call-1", "read_file", new ToolOutcome.Completed("content"), Optional.empty()));
    stream(
        "tool-result.error",
        new StreamEvent.ToolResult(
            "call-1", "mcp__files__read", new ToolOutcome.Failed("no such tool"), ORIGIN));
  }

  private void people() {
    byName.put("request_input.full", new RunMessage.InputRequested("user", "0", "Your name?"));
    byName.put("request_input.bare", new RunMessage.InputRequested("user", "0", ""));
    byName.put(
        "request_permission.read",
        permission(People.Operation.READ, People.Reason.POLICY_ASK, Optional.empty()));
    byName.put(
        "request_permission.write",
        permission(
            People.Operation.WRITE,
            People.Reason.POLICY_DENY_OVERRIDE,
            Optional.of(json("{\"diff\":\"+a\"}"))));
    byName.put(
        "request_permission.execute",
        permission(People.Operation.EXECUTE, People.Reason.POLICY_ASK, Optional.empty()));
    byName.put(
        "request_question",
        new RunMessage.QuestionRequested("ask-1", "coder", PATH, "ask_question", "Which one?"));
    byName.put("steer_queued", new RunMessage.SteerQueued("be brief"));
    byName.put(
        "policy_updated.full",
        new RunMessage.PolicyUpdated("write_file", List.of("allow-work", "ask")));
    byName.put("policy_updated.bare", new RunMessage.PolicyUpdated("write_file", List.of()));
  }

  private static RunMessage permission(
      People.Operation operation, People.Reason reason, Optional<JsonNode> details) {
    return new RunMessage.PermissionRequested(
        "perm-1",
        new PermissionRequest(
            "coder", PATH, "write_file", operation, "/work/a b", reason, details));
  }

  private void stream(String name, StreamEvent event) {
    byName.put("agent_streaming." + name, new RunMessage.AgentStreaming(SPEAKER, event));
  }

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }
}
