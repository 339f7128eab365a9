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
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Timeline entries as JSON lines, written.
///
/// Format: one JSON object per line, UTF-8, ended by `\n`, which never occurs inside. `type` and
/// `ts` come first. A line is valid when it is a JSON object with a string `type`, an instant `ts`
/// and the fields its type requires; everything else is damage, see [TimelineReader].
public final class TimelineJson {
  private TimelineJson() {}

  /// The line of an entry, with its line end.
  public static byte[] line(TimelineEntry entry) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringProperty("type", typeOf(entry.event()));
      out.writeStringProperty("ts", Timestamps.format(entry.at()));
      fields(out, entry.event());
      out.writeEndObject();
      out.writeRaw('\n');
    });
  }

  static String typeOf(TimelineEvent event) {
    return switch (event) {
      case RunStarted _ -> "run_started";
      case RunCompleted _ -> "run_completed";
      case TimelineEvent.StepStarted _ -> "step_started";
      case TimelineEvent.StepCompleted _ -> "step_completed";
      case TimelineEvent.AgentCall _ -> "agent_call";
      case TimelineEvent.SubAgentCall _ -> "sub_agent_call";
      case TimelineEvent.SummaryMade _ -> "summary_made";
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

  private static void fields(JsonGenerator out, TimelineEvent event) {
    switch (event) {
      case RunStarted started -> runStarted(out, started);
      case RunCompleted completed -> runCompleted(out, completed);
      case TimelineEvent.StepStarted(var step) -> step(out, step);
      case TimelineEvent.StepCompleted(var step, var result) -> {
        step(out, step);
        result.ifPresent(value -> result(out, value));
      }
      case TimelineEvent.AgentCall(var record, var path, var cost) -> {
        tree(out, "record", ConversationJson.write(record));
        put(out, "path", path);
        SpentJson.write(out, cost);
      }
      case TimelineEvent.SubAgentCall(var launchId, var path, var record, var cost) -> {
        out.writeStringProperty("launchId", launchId).writeStringProperty("path", path);
        tree(out, "record", ConversationJson.write(record));
        SpentJson.write(out, cost);
      }
      case TimelineEvent.SummaryMade(var agentName, var path, var spent) -> {
        out.writeStringProperty("agentName", agentName).writeStringProperty("path", path);
        SpentJson.write(out, spent);
      }
      case TimelineEvent.ConversationRetention(var retention) ->
          tree(out, "event", ConversationJson.write(retention));
      case TimelineEvent.UserInput(
              var agentName,
              var text,
              var human,
              var path,
              var steeringId) -> {
        out.writeStringProperty("agentName", agentName)
            .writeStringProperty("text", text)
            .writeStringProperty("source", human ? "human" : "agent");
        put(out, "path", path);
        put(out, "steeringId", steeringId);
      }
      case TimelineEvent.PermissionDecided(
              var decision,
              var agentName,
              var toolName,
              var resource) ->
          out.writeStringProperty("decision", decision.label())
              .writeStringProperty("agentName", agentName)
              .writeStringProperty("toolName", toolName)
              .writeStringProperty("resource", resource);
      case TimelineEvent.ToolMutated(var mutation) -> mutation(out, mutation);
      case TimelineEvent.ToolCalled(var call) ->
          out.writeStringProperty("agentName", call.agentName())
              .writeStringProperty("toolCallId", call.toolCallId())
              .writeStringProperty("toolName", call.toolName())
              .writeStringProperty("args", call.arguments())
              .writeStringProperty("path", call.path());
      case TimelineEvent.ToolResult(var result) -> toolResult(out, result);
      case TimelineEvent.ModelTurn(var turn) -> modelTurn(out, turn);
      case TimelineEvent.AgentPartial(var partial) ->
          PartialJson.write(partial)
              .properties()
              .forEach(field -> tree(out, field.getKey(), field.getValue()));
      case TimelineEvent.Steering(var id, var text) ->
          out.writeStringProperty("id", id).writeStringProperty("text", text);
      case TimelineEvent.SeqMark(var seq) -> out.writeNumberProperty("seq", seq);
      case TimelineEvent.Other _ -> {}
    }
  }

  private static void runStarted(JsonGenerator out, RunStarted started) {
    out.writeStringProperty("strategyPath", started.strategyPath())
        .writeStringProperty("strategyName", started.strategyName())
        .writeStringProperty("cwd", started.cwd());
    put(out, "initialInput", started.initialInput());
    put(out, "manifestPath", started.manifestPath());
    put(out, "modelOverride", started.modelOverride());
    if (started.resumes()) {
      out.writeBooleanProperty("resumes", true);
    }
    started.shape().ifPresent(shape -> shape(out, shape));
    if (!started.limits().equals(RunLimits.NONE)) {
      tree(out, "limits", LimitsJson.write(started.limits()));
    }
    out.writeArrayPropertyStart("enabledMcpServerIds");
    started.mcpServers().stream()
        .filter(McpServerStatus::enabled)
        .forEach(server -> out.writeString(server.id()));
    out.writeEndArray();
    tree(out, "mcpServers", McpServerJson.write(started.mcpServers()));
    put(out, started.seq());
  }

  private static void shape(JsonGenerator out, TimelineEvent.Shape shape) {
    out.writeArrayPropertyStart("agents");
    shape.agents().forEach(out::writeString);
    out.writeEndArray();
    tree(out, "flowTree", shape.flowTree());
  }

  private static void runCompleted(JsonGenerator out, RunCompleted completed) {
    out.writeStringProperty("status", completed.outcome().status().label());
    completed
        .outcome()
        .error()
        .ifPresent(error ->
            out.writeObjectPropertyStart("error")
                .writeStringProperty("code", error.code())
                .writeStringProperty("message", error.message())
                .writeEndObject());
    completed
        .result()
        .ifPresent(result -> {
          out.writeStringProperty("result", result.text());
          tree(out, "usage", ConversationJson.write(result.usage()));
          SpentJson.write(out, result.costUsd());
        });
    put(out, completed.seq());
  }

  private static void step(JsonGenerator out, EngineEvent.Step step) {
    out.writeStringProperty("stepName", step.name())
        .writeStringProperty("flowName", step.flowName());
    put(out, "agentName", step.agentName());
    step.index().ifPresent(index -> out.writeNumberProperty("index", index));
    out.writeStringProperty("path", step.path());
  }

  private static void result(JsonGenerator out, CallResult result) {
    out.writeStringProperty("text", result.text());
    tree(out, "usage", ConversationJson.write(result.usage()));
    result
        .contextUsage()
        .ifPresent(usage -> tree(out, "contextUsage", ConversationJson.write(usage)));
    out.writeStringProperty("finishReason", result.finishReason().label());
  }

  private static void mutation(JsonGenerator out, EngineEvent.ToolMutation mutation) {
    out.writeStringProperty("agentName", mutation.agentName())
        .writeStringProperty("toolName", mutation.toolName())
        .writeStringProperty("operation", mutation.kind().name().toLowerCase(Locale.ROOT))
        .writeStringProperty("path", mutation.file());
    put(out, "toPath", mutation.toFile());
    put(out, "beforeSha256", mutation.beforeSha256());
    put(out, "afterSha256", mutation.afterSha256());
    put(out, "diff", mutation.diff());
    out.writeBooleanProperty("success", mutation.error().isEmpty());
    put(out, "error", mutation.error());
  }

  private static void toolResult(JsonGenerator out, EngineEvent.ToolEnded result) {
    out.writeStringProperty("toolCallId", result.toolCallId());
    switch (result.outcome()) {
      case ToolOutcome.Completed(var output) ->
          out.writeStringProperty("output", output).writeStringProperty("status", "completed");
      case ToolOutcome.Failed(var error) ->
          out.writeStringProperty("output", "")
              .writeStringProperty("status", "error")
              .writeStringProperty("error", error);
    }
    out.writeNumberProperty("durationMs", result.took().toMillis())
        .writeStringProperty("path", result.path());
  }

  private static void modelTurn(JsonGenerator out, EngineEvent.ModelTurn turn) {
    out.writeStringProperty("agentName", turn.agentName())
        .writeStringProperty("path", turn.path())
        .writeStringProperty("callId", turn.callId())
        .writeNumberProperty("index", turn.index());
    turn.userMessage()
        .ifPresent(message -> tree(out, "userMessage", ConversationJson.write(message)));
    tree(out, "message", ConversationJson.write(turn.message()));
    SpentJson.write(out, turn.spent());
    turn.contextUsage()
        .ifPresent(usage -> tree(out, "contextUsage", ConversationJson.write(usage)));
    out.writeStringProperty("finishReason", turn.finishReason().label());
  }

  private static void put(JsonGenerator out, String field, Optional<String> value) {
    value.ifPresent(text -> out.writeStringProperty(field, text));
  }

  private static void put(JsonGenerator out, OptionalLong seq) {
    seq.ifPresent(value -> out.writeNumberProperty("seq", value));
  }

  private static void tree(JsonGenerator out, String field, JsonNode value) {
    out.writeName(field).writeTree(value);
  }
}
