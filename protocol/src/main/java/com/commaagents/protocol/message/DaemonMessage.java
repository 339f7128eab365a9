package com.commaagents.protocol.message;

import com.commaagents.base.json.RawJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What the daemon may say to a client.
public sealed interface DaemonMessage {
  Instant ts();

  /// The request this is caused by; empty where a message has a request id of its own.
  Optional<String> requestId();

  /// What happens in a run, sent to every subscriber of it and numbered.
  sealed interface RunEvent extends DaemonMessage {
    EventHeader header();

    @Override
    default Instant ts() {
      return header().ts();
    }

    @Override
    default Optional<String> requestId() {
      return header().requestId();
    }
  }

  /// What belongs to no numbered sequence: answers to one client, and notices about a run.
  sealed interface Reply extends DaemonMessage {
    ReplyHeader header();

    @Override
    default Instant ts() {
      return header().ts();
    }

    @Override
    default Optional<String> requestId() {
      return header().requestId();
    }
  }

  record StrategyStarted(
      EventHeader header, String strategyName, List<String> agents, JsonNode flowTree)
      implements RunEvent {
    public StrategyStarted {
      agents = List.copyOf(agents);
    }
  }

  record StepStarted(EventHeader header, String stepName, String message) implements RunEvent {}

  /// @param fromSeq of merged deltas, the number of the first; `seq` is the last one's
  record AgentStreaming(
      EventHeader header,
      String agentName,
      Optional<String> model,
      OptionalLong contextWindow,
      StreamEvent event,
      OptionalLong fromSeq)
      implements RunEvent {}

  record AgentOutput(
      EventHeader header,
      String agentName,
      Optional<String> model,
      OptionalLong contextWindow,
      String text,
      Usage usage,
      Optional<ContextUsage> contextUsage)
      implements RunEvent {}

  record StepCompleted(EventHeader header, String stepName, CallResult result)
      implements RunEvent {}

  /// @param prompt this daemon always sends it
  record RequestInput(EventHeader header, String agentName, Optional<String> prompt)
      implements RunEvent {}

  /// @param permissionRequestId the request's own id, `requestId` on the wire
  record RequestPermission(
      EventHeader header,
      String permissionRequestId,
      String agentName,
      Optional<String> toolName,
      PermissionOperation operation,
      String resource,
      PermissionReason reason,
      Optional<JsonNode> details)
      implements RunEvent {
    public RequestPermission {
      refuseEcho(header);
    }
  }

  /// @param questionRequestId the request's own id, `requestId` on the wire
  record RequestQuestion(
      EventHeader header,
      String questionRequestId,
      String agentName,
      String toolName,
      String question)
      implements RunEvent {
    public RequestQuestion {
      refuseEcho(header);
    }
  }

  record SteerQueued(EventHeader header, String text) implements RunEvent {}

  /// @param policies their names, in order
  record PolicyUpdated(EventHeader header, String tool, List<String> policies) implements RunEvent {
    public PolicyUpdated {
      policies = List.copyOf(policies);
    }
  }

  /// @param costUsd what it cost in US dollars by list prices, where all of that is known
  record StrategyCompleted(EventHeader header, String result, Usage usage, OptionalDouble costUsd)
      implements RunEvent {}

  record StrategyError(EventHeader header, ErrorDetail error) implements RunEvent {}

  record RunPrepared(
      ReplyHeader header,
      String runId,
      String strategyName,
      List<String> agents,
      JsonNode flowTree,
      RawJson conversation,
      List<JsonNode> mcpServers,
      OptionalLong lastSeq)
      implements Reply {
    public RunPrepared {
      agents = List.copyOf(agents);
      mcpServers = List.copyOf(mcpServers);
    }
  }

  /// A run from any state, whole.
  ///
  /// @param inFlight what is being generated now, accumulated
  /// @param pending the open `request_…` messages
  /// @param clientId the receiver's own
  /// @param partial the partial texts after a stop
  record RunSnapshot(
      ReplyHeader header,
      String runId,
      RunStatus status,
      String strategyName,
      List<String> agents,
      JsonNode flowTree,
      RawJson conversation,
      List<JsonNode> mcpServers,
      List<JsonNode> inFlight,
      List<JsonNode> pending,
      long lastSeq,
      Optional<String> clientId,
      Optional<String> result,
      Optional<Usage> usage,
      Optional<ErrorDetail> error,
      Optional<List<JsonNode>> partial)
      implements Reply {
    public RunSnapshot {
      agents = List.copyOf(agents);
      mcpServers = List.copyOf(mcpServers);
      inFlight = List.copyOf(inFlight);
      pending = List.copyOf(pending);
      partial = partial.map(List::copyOf);
    }
  }

  /// A person's answer came in, so that other clients close their prompt.
  ///
  /// @param resolvedRequestId of a permission or question
  /// @param by the client that answered
  record RequestResolved(
      ReplyHeader header,
      String runId,
      PromptKind kind,
      Optional<String> agentName,
      Optional<String> resolvedRequestId,
      Optional<String> by)
      implements Reply {}

  /// Events that are no longer held, both ends included.
  record ReplayGap(ReplyHeader header, String runId, long fromSeq, long toSeq) implements Reply {}

  /// A piece of what a tool says while its call runs; the whole is in the call's result.
  ///
  /// @param index counts the pieces of a call, from 0; where one is missing, it was left out
  record ToolOutput(
      ReplyHeader header,
      String runId,
      String agentName,
      String path,
      String toolCallId,
      String toolName,
      OutputStreamName stream,
      long index,
      String text)
      implements Reply {}

  /// A run is gone for good; only to the client that asked for it.
  record RunDeleted(ReplyHeader header, String runId) implements Reply {}

  record StrategyList(ReplyHeader header, List<RunSummary> runs) implements Reply {
    public StrategyList {
      runs = List.copyOf(runs);
    }
  }

  record RunList(ReplyHeader header, List<RunOverview> runs) implements Reply {
    public RunList {
      runs = List.copyOf(runs);
    }
  }

  record AvailableModels(ReplyHeader header, List<JsonNode> models) implements Reply {
    public AvailableModels {
      models = List.copyOf(models);
    }
  }

  record ProviderList(ReplyHeader header, List<JsonNode> providers) implements Reply {
    public ProviderList {
      providers = List.copyOf(providers);
    }
  }

  record ProviderRegistered(ReplyHeader header, String providerId) implements Reply {}

  record ProviderUnregistered(ReplyHeader header, String providerId) implements Reply {}

  record CredentialSet(ReplyHeader header, String providerId, String credentialType)
      implements Reply {}

  record McpServerList(ReplyHeader header, List<JsonNode> servers) implements Reply {
    public McpServerList {
      servers = List.copyOf(servers);
    }
  }

  record TrashListResult(
      ReplyHeader header, List<TrashWorkspace> workspaces, long totalEntries, long totalBytes)
      implements Reply {
    public TrashListResult {
      workspaces = List.copyOf(workspaces);
    }
  }

  record TrashRestoreResult(ReplyHeader header, String restored, String from) implements Reply {}

  record TrashClearResult(ReplyHeader header, long cleared, long bytesFreed) implements Reply {}

  /// @param error why `available` is not there
  record HubPackages(
      ReplyHeader header,
      HubOperation operation,
      Optional<List<JsonNode>> available,
      Optional<List<HubPackage>> installed,
      Optional<HubPackage> installedPackage,
      Optional<Boolean> removed,
      Optional<String> error)
      implements Reply {
    public HubPackages {
      available = available.map(List::copyOf);
      installed = installed.map(List::copyOf);
    }
  }

  record Pong(ReplyHeader header) implements Reply {}

  record ErrorReply(ReplyHeader header, String code, String message) implements Reply {}

  private static void refuseEcho(EventHeader header) {
    if (header.requestId().isPresent()) {
      throw new IllegalArgumentException("a request to a person has an id of its own, no echo");
    }
  }
}
