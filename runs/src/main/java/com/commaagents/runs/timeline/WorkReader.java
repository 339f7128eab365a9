package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads what agents did inside their calls: round-trips, tool calls and their results. Total:
/// empty where an event lacks what a resume needs of it.
final class WorkReader {
  private WorkReader() {}

  static Optional<TimelineEvent> modelTurn(JsonNode node) {
    Optional<String> path = Json.text(node, "path");
    Optional<String> callId = Json.text(node, "callId");
    int index = Json.integer(node, "index").orElse(-1);
    Optional<Message.Assistant> message =
        ConversationJson.message(node.path("message"))
            .filter(Message.Assistant.class::isInstance)
            .map(Message.Assistant.class::cast);
    if (path.isEmpty() || callId.isEmpty() || index < 0 || message.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TimelineEvent.ModelTurn(
            new EngineEvent.ModelTurn(
                Json.text(node, "agentName").orElse(""),
                path.get(),
                callId.get(),
                index,
                ConversationJson.message(node.path("userMessage"))
                    .filter(Message.User.class::isInstance)
                    .map(Message.User.class::cast),
                message.get(),
                SpentJson.read(node),
                ConversationJson.contextUsage(node.path("contextUsage")),
                FinishReason.of(Json.text(node, "finishReason").orElse("other")))));
  }

  static Optional<TimelineEvent> toolCalled(JsonNode node) {
    Optional<String> path = Json.text(node, "path");
    Optional<String> toolCallId = Json.text(node, "toolCallId");
    Optional<String> toolName = Json.text(node, "toolName");
    if (path.isEmpty() || toolCallId.isEmpty() || toolName.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TimelineEvent.ToolCalled(
            new EngineEvent.ToolStarted(
                Json.text(node, "agentName").orElse(""),
                path.get(),
                toolCallId.get(),
                toolName.get(),
                Json.text(node, "args").orElse(""))));
  }

  static Optional<TimelineEvent> toolResult(JsonNode node) {
    Optional<String> path = Json.text(node, "path");
    Optional<String> toolCallId = Json.text(node, "toolCallId");
    if (path.isEmpty() || toolCallId.isEmpty()) {
      return Optional.empty();
    }
    ToolOutcome outcome =
        Json.text(node, "status").equals(Optional.of("error"))
            ? new ToolOutcome.Failed(Json.text(node, "error").orElse(""))
            : new ToolOutcome.Completed(Json.text(node, "output").orElse(""));
    return Optional.of(
        new TimelineEvent.ToolResult(
            new EngineEvent.ToolEnded(
                path.get(),
                toolCallId.get(),
                outcome,
                Duration.ofMillis(Json.integer(node, "durationMs").orElse(0)))));
  }

  static Optional<TimelineEvent> launchedCall(JsonNode node) {
    Optional<String> launchId = Json.text(node, "launchId");
    Optional<String> path = Json.text(node, "path");
    if (launchId.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    return ConversationJson.record(node.path("record"))
        .map(record ->
            new TimelineEvent.SubAgentCall(
                launchId.get(), path.get(), record, SpentJson.cost(node)));
  }

  static TimelineEvent summaryMade(JsonNode node) {
    return new TimelineEvent.SummaryMade(
        Json.text(node, "agentName").orElse(""),
        Json.text(node, "path").orElse(""),
        SpentJson.read(node));
  }
}
