package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.timeline.TimelineEvent.Other;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Timeline lines, read. Total: a line is an entry or it is damage, never an exception.
///
/// Events that only a person or another tool reads back (mutations, decisions) come out as [Other]:
/// nothing is computed from them. So does a round-trip, a tool call or a launched call that lacks
/// what a resume needs of it.
public final class TimelineReader {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant AFTER_LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  private TimelineReader() {}

  /// The entry a line holds; empty when the line is damaged.
  ///
  /// @param line without its line end
  public static Optional<TimelineEntry> read(byte[] line) {
    return Json.parse(line).flatMap(TimelineReader::read);
  }

  private static Optional<TimelineEntry> read(JsonNode node) {
    Optional<String> type = Json.text(node, "type");
    Optional<Instant> at = Json.text(node, "ts").flatMap(TimelineReader::instant);
    if (type.isEmpty() || at.isEmpty()) {
      return Optional.empty();
    }
    return event(type.get(), node).map(event -> new TimelineEntry(at.get(), event));
  }

  /// Empty when an event that matters lacks what it must have.
  private static Optional<TimelineEvent> event(String type, JsonNode node) {
    return switch (type) {
      case "run_started" -> runStarted(node);
      case "run_completed" -> runCompleted(node);
      case "step_started" -> step(node).map(TimelineEvent.StepStarted::new);
      case "step_completed" ->
          step(node).map(step -> new TimelineEvent.StepCompleted(step, result(node)));
      case "agent_call" ->
          ConversationJson.record(node.path("record"))
              .map(record ->
                  new TimelineEvent.AgentCall(
                      record, Json.text(node, "path"), SpentJson.cost(node)));
      case "conversation_retention" ->
          ConversationJson.retentionEvent(node.path("event"))
              .map(TimelineEvent.ConversationRetention::new);
      case "user_input" ->
          Optional.of(
              new TimelineEvent.UserInput(
                  Json.text(node, "agentName").orElse(""),
                  Json.text(node, "text").orElse(""),
                  Json.text(node, "source").equals(Optional.of("human")),
                  Json.text(node, "path"),
                  Json.text(node, "steeringId")));
      case "agent_partial" -> Optional.of(new TimelineEvent.AgentPartial(PartialJson.read(node)));
      case "steering" ->
          Optional.of(
              new TimelineEvent.Steering(
                  Json.text(node, "id").orElse(""), Json.text(node, "text").orElse("")));
      case "seq_mark" -> Optional.of(new TimelineEvent.SeqMark(seq(node).orElse(0)));
      default -> work(type, node).or(() -> Optional.of(new Other(type)));
    };
  }

  private static Optional<TimelineEvent> work(String type, JsonNode node) {
    return switch (type) {
      case "model_turn" -> WorkReader.modelTurn(node);
      case "tool_call" -> WorkReader.toolCalled(node);
      case "tool_result" -> WorkReader.toolResult(node);
      case "sub_agent_call" -> WorkReader.launchedCall(node);
      case "summary_made" -> Optional.of(WorkReader.summaryMade(node));
      default -> Optional.empty();
    };
  }

  private static Optional<TimelineEvent> runStarted(JsonNode node) {
    Optional<String> strategyPath = Json.text(node, "strategyPath");
    Optional<String> strategyName = Json.text(node, "strategyName");
    Optional<String> cwd = Json.text(node, "cwd");
    if (strategyPath.isEmpty() || strategyName.isEmpty() || cwd.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TimelineEvent.RunStarted(
            strategyPath.get(),
            strategyName.get(),
            cwd.get(),
            Json.text(node, "initialInput"),
            Json.text(node, "manifestPath"),
            Json.text(node, "modelOverride"),
            node.path("resumes").asBoolean(false),
            shape(node),
            LimitsJson.read(node.path("limits")),
            McpServerJson.read(node.path("mcpServers")),
            seq(node)));
  }

  private static Optional<TimelineEvent.Shape> shape(JsonNode node) {
    JsonNode agents = node.path("agents");
    JsonNode flowTree = node.path("flowTree");
    if (!agents.isArray() || !flowTree.isObject()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    agents.forEach(name -> names.add(name.asString("")));
    return Optional.of(new TimelineEvent.Shape(names, flowTree));
  }

  private static Optional<TimelineEvent> runCompleted(JsonNode node) {
    return Json.text(node, "status")
        .flatMap(RunStatus::of)
        .filter(status -> status != RunStatus.PENDING && status != RunStatus.RUNNING)
        .map(status -> {
          JsonNode error = node.path("error");
          Optional<RunError> why =
              Json.text(error, "code")
                  .map(code -> new RunError(code, Json.text(error, "message").orElse("")));
          Optional<CallResult> result =
              Json.text(node, "result")
                  .map(text ->
                      new CallResult(
                          text,
                          ConversationJson.usage(node.path("usage")).orElse(Usage.NONE),
                          Optional.empty(),
                          FinishReason.STOP,
                          SpentJson.cost(node)));
          return new TimelineEvent.RunCompleted(
              new RunState.Finished(status, why), result, seq(node));
        });
  }

  private static Optional<EngineEvent.Step> step(JsonNode node) {
    return Json.text(node, "stepName")
        .map(name ->
            new EngineEvent.Step(
                Json.text(node, "path").orElse(""),
                name,
                Json.text(node, "flowName").orElse(""),
                Json.text(node, "agentName"),
                index(node)));
  }

  private static OptionalInt index(JsonNode node) {
    return Json.integer(node, "index");
  }

  private static Optional<CallResult> result(JsonNode node) {
    return Json.text(node, "text")
        .map(text ->
            new CallResult(
                text,
                ConversationJson.usage(node.path("usage")).orElse(Usage.NONE),
                ConversationJson.contextUsage(node.path("contextUsage")),
                FinishReason.of(Json.text(node, "finishReason").orElse("stop"))));
  }

  private static OptionalLong seq(JsonNode node) {
    JsonNode seq = node.path("seq");
    return seq.isIntegralNumber() && seq.canConvertToLong()
        ? OptionalLong.of(seq.longValue())
        : OptionalLong.empty();
  }

  // Others cannot be written back in the form of the timeline.
  private static boolean hasFourDigitYear(Instant instant) {
    return !instant.isBefore(EARLIEST) && instant.isBefore(AFTER_LATEST);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text)).filter(TimelineReader::hasFourDigitYear);
    } catch (DateTimeParseException notAnInstant) {
      return Optional.empty();
    }
  }
}
