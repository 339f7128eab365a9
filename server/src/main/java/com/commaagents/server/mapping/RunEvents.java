package com.commaagents.server.mapping;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.RunEvent;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.EventHeader;
import com.commaagents.protocol.message.PermissionOperation;
import com.commaagents.protocol.message.PermissionReason;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import java.util.Optional;
import java.util.OptionalLong;

/// What the run system publishes, as wire events.
public final class RunEvents {
  private RunEvents() {}

  public static RunEvent of(PublishedMessage published) {
    return switch (published.message()) {
      case RunMessage.StrategyStarted started ->
          new DaemonMessage.StrategyStarted(
              caused(published, started.requestId()),
              started.strategyName(),
              started.agents(),
              started.flowTree());
      case RunMessage.StepStarted(var step, var message) ->
          new DaemonMessage.StepStarted(at(published, step.path()), step.name(), message);
      case RunMessage.AgentStreaming(var speaker, var event) ->
          new DaemonMessage.AgentStreaming(
              at(published, speaker.path()),
              speaker.agentName(),
              model(speaker),
              speaker.model().contextWindow(),
              StreamEvents.of(event),
              OptionalLong.empty());
      case RunMessage.AgentOutput(var speaker, var text, var usage, var contextUsage) ->
          new DaemonMessage.AgentOutput(
              at(published, speaker.path()),
              speaker.agentName(),
              model(speaker),
              speaker.model().contextWindow(),
              text,
              Results.usage(usage),
              contextUsage.map(Results::contextUsage));
      case RunMessage.StepCompleted(var step, var result) ->
          new DaemonMessage.StepCompleted(
              at(published, step.path()), step.name(), Results.of(result));
      case RunMessage.InputRequested(var agentName, var path, var prompt) ->
          new DaemonMessage.RequestInput(at(published, path), agentName, Optional.of(prompt));
      case RunMessage.PermissionRequested asked -> permission(published, asked);
      case RunMessage.QuestionRequested asked ->
          new DaemonMessage.RequestQuestion(
              at(published, asked.path()),
              asked.id(),
              asked.agentName(),
              asked.toolName(),
              asked.question());
      case RunMessage.SteerQueued(var text) ->
          new DaemonMessage.SteerQueued(caused(published, Optional.empty()), text);
      case RunMessage.PolicyUpdated(var toolName, var policies) ->
          new DaemonMessage.PolicyUpdated(caused(published, Optional.empty()), toolName, policies);
      case RunMessage.StrategyCompleted(var result, var usage, var costUsd, var requestId) ->
          new DaemonMessage.StrategyCompleted(
              caused(published, requestId), result, Results.usage(usage), Results.dollars(costUsd));
      case RunMessage.StrategyFailed(var error, var requestId) ->
          new DaemonMessage.StrategyError(
              caused(published, requestId), new ErrorDetail(error.code(), error.message()));
    };
  }

  private static DaemonMessage.RequestPermission permission(
      PublishedMessage published, RunMessage.PermissionRequested asked) {
    var request = asked.request();
    return new DaemonMessage.RequestPermission(
        at(published, request.path()),
        asked.id(),
        request.agentName(),
        Optional.of(request.toolName()),
        switch (request.operation()) {
          case READ -> PermissionOperation.READ;
          case WRITE -> PermissionOperation.WRITE;
          case EXECUTE -> PermissionOperation.EXECUTE;
        },
        request.resource(),
        switch (request.reason()) {
          case POLICY_ASK -> PermissionReason.POLICY_ASK;
          case POLICY_DENY_OVERRIDE -> PermissionReason.POLICY_DENY_OVERRIDE;
        },
        request.details());
  }

  private static Optional<String> model(EngineEvent.Speaker speaker) {
    return Optional.of(speaker.model().name());
  }

  private static EventHeader at(PublishedMessage published, String path) {
    return header(published, Optional.of(path), Optional.empty());
  }

  private static EventHeader caused(PublishedMessage published, Optional<String> requestId) {
    return header(published, Optional.empty(), requestId);
  }

  private static EventHeader header(
      PublishedMessage published, Optional<String> path, Optional<String> requestId) {
    return new EventHeader(
        published.runId().value(),
        OptionalLong.of(published.seq()),
        path,
        published.at(),
        requestId);
  }
}
