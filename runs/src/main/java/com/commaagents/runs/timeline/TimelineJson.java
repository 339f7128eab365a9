package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Timeline entries as JSON lines, written.
///
/// Format: one JSON object per line, UTF-8, ended by `\n`, which never occurs inside. `type` and
/// `ts` come first. A line is valid when it is a JSON object with a string `type`, an instant `ts`
/// and the fields its type requires; everything else is damage, see [TimelineReader].
public final class TimelineJson {
  private TimelineJson() {}

  /// The line of an entry, with its line end.
  public static byte[] line(TimelineEntry entry) {
    byte[] json = Json.writeBytes(write(entry));
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return line;
  }

  static ObjectNode write(TimelineEntry entry) {
    ObjectNode node = Json.object();
    node.put("type", typeOf(entry.event()));
    node.put("ts", Timestamps.format(entry.at()));
    fields(node, entry.event());
    return node;
  }

  static String typeOf(TimelineEvent event) {
    return switch (event) {
      case RunStarted _ -> "run_started";
      case RunCompleted _ -> "run_completed";
      case TimelineEvent.StepStarted _ -> "step_started";
      case TimelineEvent.StepCompleted _ -> "step_completed";
      case TimelineEvent.AgentCall _ -> "agent_call";
      case TimelineEvent.SubAgentCall _ -> "sub_agent_call";
      case TimelineEvent.ConversationRetention _ -> "conversation_retention";
      case TimelineEvent.UserInput _ -> "user_input";
      case TimelineEvent.PermissionDecided _ -> "permission_decision";
      case TimelineEvent.ToolMutated _ -> "tool_mutation";
      case TimelineEvent.ToolCalled _ -> "tool_call";
      case TimelineEvent.ToolResult _ -> "tool_result";
      case TimelineEvent.ModelTurn _ -> "model_turn";
      case TimelineEvent.AgentPartial _ -> "agent_partial";
      case TimelineEvent.Steering _ -> "steering";
      case TimelineEvent.SeqMark _ -> "seq_mark";
      case TimelineEvent.Other(var type) -> type;
    };
  }

  private static void fields(ObjectNode node, TimelineEvent event) {
    switch (event) {
      case RunStarted started -> runStarted(node, started);
      case RunCompleted completed -> runCompleted(node, completed);
      case TimelineEvent.StepStarted(var step) -> step(node, step);
      case TimelineEvent.StepCompleted(var step, var result) -> {
        step(node, step);
        result.ifPresent(value -> result(node, value));
      }
      case TimelineEvent.AgentCall(var record, var path) -> {
        node.set("record", ConversationJson.write(record));
        put(node, "path", path);
      }
      case TimelineEvent.SubAgentCall(var launchId, var path, var record) -> {
        node.put("launchId", launchId).put("path", path);
        node.set("record", ConversationJson.write(record));
      }
      case TimelineEvent.ConversationRetention(var retention) ->
          node.set("event", ConversationJson.write(retention));
      case TimelineEvent.UserInput(
              var agentName,
              var text,
              var human,
              var path,
              var steeringId) -> {
        node.put("agentName", agentName).put("text", text).put("source", human ? "human" : "agent");
        put(node, "path", path);
        put(node, "steeringId", steeringId);
      }
      case TimelineEvent.PermissionDecided(
              var decision,
              var agentName,
              var toolName,
              var resource) ->
          node.put("decision", decision.label())
              .put("agentName", agentName)
              .put("toolName", toolName)
              .put("resource", resource);
      case TimelineEvent.ToolMutated(var mutation) -> mutation(node, mutation);
      case TimelineEvent.ToolCalled(var call) ->
          node.put("agentName", call.agentName())
              .put("toolCallId", call.toolCallId())
              .put("toolName", call.toolName())
              .put("args", call.arguments())
              .put("path", call.path());
      case TimelineEvent.ToolResult(var result) -> toolResult(node, result);
      case TimelineEvent.ModelTurn(var turn) -> modelTurn(node, turn);
      case TimelineEvent.AgentPartial(var partial) -> node.setAll(PartialJson.write(partial));
      case TimelineEvent.Steering(var id, var text) -> node.put("id", id).put("text", text);
      case TimelineEvent.SeqMark(var seq) -> node.put("seq", seq);
      case TimelineEvent.Other _ -> {}
    }
  }

  private static void runStarted(ObjectNode node, RunStarted started) {
    node.put("strategyPath", started.strategyPath())
        .put("strategyName", started.strategyName())
        .put("cwd", started.cwd());
    put(node, "initialInput", started.initialInput());
    put(node, "manifestPath", started.manifestPath());
    put(node, "modelOverride", started.modelOverride());
    if (started.resumes()) {
      node.put("resumes", true);
    }
    started.shape().ifPresent(shape -> shape(node, shape));
    if (!started.limits().equals(RunLimits.NONE)) {
      node.set("limits", LimitsJson.write(started.limits()));
    }
    ArrayNode enabled = node.putArray("enabledMcpServerIds");
    ArrayNode servers = node.putArray("mcpServers");
    for (McpServerStatus server : started.mcpServers()) {
      if (server.enabled()) {
        enabled.add(server.id());
      }
      servers.add(McpServerJson.write(server));
    }
    put(node, started.seq());
  }

  private static void shape(ObjectNode node, TimelineEvent.Shape shape) {
    ArrayNode agents = node.putArray("agents");
    shape.agents().forEach(agents::add);
    node.set("flowTree", shape.flowTree());
  }

  private static void runCompleted(ObjectNode node, RunCompleted completed) {
    node.put("status", completed.outcome().status().label());
    completed
        .outcome()
        .error()
        .ifPresent(error ->
            node.putObject("error").put("code", error.code()).put("message", error.message()));
    completed
        .result()
        .ifPresent(result -> {
          node.put("result", result.text());
          node.set("usage", ConversationJson.write(result.usage()));
        });
    put(node, completed.seq());
  }

  private static void step(ObjectNode node, EngineEvent.Step step) {
    node.put("stepName", step.name()).put("flowName", step.flowName());
    put(node, "agentName", step.agentName());
    step.index().ifPresent(index -> node.put("index", index));
    node.put("path", step.path());
  }

  private static void result(ObjectNode node, CallResult result) {
    node.put("text", result.text());
    node.set("usage", ConversationJson.write(result.usage()));
    result
        .contextUsage()
        .ifPresent(usage -> node.set("contextUsage", ConversationJson.write(usage)));
    node.put("finishReason", result.finishReason().label());
  }

  private static void mutation(ObjectNode node, EngineEvent.ToolMutation mutation) {
    node.put("agentName", mutation.agentName())
        .put("toolName", mutation.toolName())
        .put("operation", mutation.kind().name().toLowerCase(Locale.ROOT))
        .put("path", mutation.file());
    put(node, "toPath", mutation.toFile());
    put(node, "beforeSha256", mutation.beforeSha256());
    put(node, "afterSha256", mutation.afterSha256());
    put(node, "diff", mutation.diff());
    node.put("success", mutation.error().isEmpty());
    put(node, "error", mutation.error());
  }

  private static void toolResult(ObjectNode node, EngineEvent.ToolEnded result) {
    node.put("toolCallId", result.toolCallId());
    switch (result.outcome()) {
      case ToolOutcome.Completed(var output) ->
          node.put("output", output).put("status", "completed");
      case ToolOutcome.Failed(var error) ->
          node.put("output", "").put("status", "error").put("error", error);
    }
    node.put("durationMs", result.took().toMillis()).put("path", result.path());
  }

  private static void modelTurn(ObjectNode node, EngineEvent.ModelTurn turn) {
    node.put("agentName", turn.agentName())
        .put("path", turn.path())
        .put("callId", turn.callId())
        .put("index", turn.index());
    turn.userMessage()
        .ifPresent(message -> node.set("userMessage", ConversationJson.write(message)));
    node.set("message", ConversationJson.write(turn.message()));
    node.set("usage", ConversationJson.write(turn.usage()));
    turn.contextUsage().ifPresent(usage -> node.set("contextUsage", ConversationJson.write(usage)));
    node.put("finishReason", turn.finishReason().label());
  }

  private static void put(ObjectNode node, String field, Optional<String> value) {
    value.ifPresent(text -> node.put(field, text));
  }

  private static void put(ObjectNode node, OptionalLong seq) {
    seq.ifPresent(value -> node.put("seq", value));
  }
}
