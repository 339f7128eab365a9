package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.ContextUsage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.EventHeader;
import com.commaagents.protocol.message.PermissionOperation;
import com.commaagents.protocol.message.PermissionReason;
import com.commaagents.protocol.message.StreamEvent;
import com.commaagents.protocol.message.StreamEvent.McpOrigin;
import com.commaagents.protocol.message.StreamEvent.ToolStatus;
import com.commaagents.protocol.message.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What the golden files of run events say.
final class EventSamples {
  static final Instant TS = Instant.parse("2026-11-22T06:36:14.918Z");
  static final EventHeader BARE = EventHeader.of("run-1", TS);
  static final EventHeader FULL =
      new EventHeader(
          "run-1", OptionalLong.of(7), Optional.of("1/cycle[2]/0"), TS, Optional.of("req-1"));
  static final Usage USAGE = new Usage(110, 15);

  private static final EventHeader FULL_WITHOUT_ECHO =
      new EventHeader(
          "run-1", OptionalLong.of(7), Optional.of("1/cycle[2]/0"), TS, Optional.empty());
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> MODEL = Optional.of("openai/gpt");
  private static final OptionalLong NO_NUMBER = OptionalLong.empty();
  private static final OptionalLong WINDOW = OptionalLong.of(128_000);
  private static final ContextUsage CONTEXT_USAGE =
      new ContextUsage(
          15,
          OptionalLong.of(10),
          OptionalLong.of(5),
          Optional.of(
              new ContextUsage.InputTokenDetails(
                  OptionalLong.of(10), OptionalLong.of(0), OptionalLong.of(3))),
          Optional.of(new ContextUsage.OutputTokenDetails(OptionalLong.of(5), OptionalLong.of(0))));
  private static final CallResult BARE_RESULT =
      new CallResult("", USAGE, Optional.empty(), "tool-calls");
  private static final CallResult FULL_RESULT =
      new CallResult("done", USAGE, Optional.of(CONTEXT_USAGE), "stop");

  private final Map<String, DaemonMessage> byName = new LinkedHashMap<>();

  private EventSamples() {}

  static Map<String, DaemonMessage> all() {
    EventSamples samples = new EventSamples();
    samples.strategy();
    samples.agent();
    samples.people();
    samples.streams();
    return samples.byName;
  }

  static JsonNode flowTree() {
    return Golden.tree(
        """
        {"name":"work","steps":[{"agent":"coder"}],"type":"sequential"}\
        """);
  }

  static JsonNode retention() {
    return Golden.tree(Golden.text("daemon", "agent_streaming.retention.bare"))
        .path("event")
        .path("event");
  }

  private void strategy() {
    List<String> agents = List.of("coder", "critic");
    add(
        "strategy_started",
        new DaemonMessage.StrategyStarted(BARE, "tools", agents, flowTree()),
        new DaemonMessage.StrategyStarted(FULL, "tools", agents, flowTree()));
    add(
        "strategy_completed",
        new DaemonMessage.StrategyCompleted(BARE, "all done", USAGE, OptionalDouble.empty()),
        new DaemonMessage.StrategyCompleted(FULL, "all done", USAGE, OptionalDouble.of(0.0125)));
    ErrorDetail cancelled = new ErrorDetail("CANCELLED", "Run cancelled by client");
    ErrorDetail tooLong =
        new ErrorDetail("LIMIT_EXCEEDED", "maxDurationMs: 60000 ms have passed since the start.");
    add(
        "strategy_error",
        new DaemonMessage.StrategyError(BARE, cancelled),
        new DaemonMessage.StrategyError(FULL, tooLong));
    add(
        "step_started",
        new DaemonMessage.StepStarted(BARE, "coder", "go"),
        new DaemonMessage.StepStarted(FULL, "coder", "go"));
    add(
        "step_completed",
        new DaemonMessage.StepCompleted(BARE, "coder", BARE_RESULT),
        new DaemonMessage.StepCompleted(FULL, "coder", FULL_RESULT));
  }

  private void agent() {
    add(
        "agent_output",
        new DaemonMessage.AgentOutput(
            BARE, "coder", NONE, NO_NUMBER, "hi", USAGE, Optional.empty()),
        new DaemonMessage.AgentOutput(
            FULL, "coder", MODEL, WINDOW, "hi", USAGE, Optional.of(CONTEXT_USAGE)));
    add(
        "steer_queued",
        new DaemonMessage.SteerQueued(BARE, "be brief"),
        new DaemonMessage.SteerQueued(FULL, "be brief"));
    add(
        "policy_updated",
        new DaemonMessage.PolicyUpdated(BARE, "run_command", List.of()),
        new DaemonMessage.PolicyUpdated(
            FULL, "run_command", List.of("read-path-policy", "deny-commands")));
  }

  private void people() {
    add(
        "request_input",
        new DaemonMessage.RequestInput(BARE, "human", NONE),
        new DaemonMessage.RequestInput(FULL, "human", Optional.of("What now?")));
    add(
        "request_permission",
        new DaemonMessage.RequestPermission(
            BARE,
            "perm-1",
            "coder",
            NONE,
            PermissionOperation.EXECUTE,
            "rm x",
            PermissionReason.POLICY_DENY_OVERRIDE,
            Optional.empty()),
        new DaemonMessage.RequestPermission(
            FULL_WITHOUT_ECHO,
            "perm-1",
            "coder",
            Optional.of("write_file"),
            PermissionOperation.WRITE,
            "/work/a",
            PermissionReason.POLICY_ASK,
            Optional.of(Golden.tree("{\"diff\":\"+a\"}"))));
    add(
        "request_question",
        new DaemonMessage.RequestQuestion(BARE, "ques-1", "coder", "ask", "Which?"),
        new DaemonMessage.RequestQuestion(FULL_WITHOUT_ECHO, "ques-1", "coder", "ask", "Which?"));
  }

  private void streams() {
    stream("text", new StreamEvent.Text("Zeile \"1\"\n\t\u0001é🌍"));
    stream("thinking-start", new StreamEvent.ThinkingStart("t-1"));
    stream("thinking", new StreamEvent.Thinking("t-1", "hmm"));
    stream("thinking-end", new StreamEvent.ThinkingEnd("t-1"));
    Optional<McpOrigin> origin = Optional.of(new McpOrigin("files", "read"));
    String args = "{\"path\":\"a\"}";
    stream(
        "tool-call",
        new StreamEvent.ToolCall("c-1", "read_file", args, Optional.empty()),
        new StreamEvent.ToolCall("c-1", "read_file", args, origin));
    stream(
        "tool-result",
        new StreamEvent.ToolResult(
            "c-1", "read_file", "text", ToolStatus.COMPLETED, NONE, Optional.empty()),
        new StreamEvent.ToolResult(
            "c-1", "read_file", "", ToolStatus.ERROR, Optional.of("no such tool"), origin));
    stream("step-start", new StreamEvent.StepStart());
    stream("retention", new StreamEvent.Retention(retention()));
    stream("done", new StreamEvent.Done(BARE_RESULT), new StreamEvent.Done(FULL_RESULT));
  }

  private void stream(String type, StreamEvent event) {
    stream(type, event, event);
  }

  private void stream(String type, StreamEvent bare, StreamEvent full) {
    add(
        "agent_streaming." + type,
        new DaemonMessage.AgentStreaming(BARE, "coder", NONE, NO_NUMBER, bare, NO_NUMBER),
        new DaemonMessage.AgentStreaming(FULL, "coder", MODEL, WINDOW, full, OptionalLong.of(5)));
  }

  private void add(String name, DaemonMessage bare, DaemonMessage full) {
    byName.put(name + ".bare", bare);
    byName.put(name + ".full", full);
  }
}
