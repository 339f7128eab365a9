package com.commaagents.protocol.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What a client may ask of the daemon.
///
/// INVARIANT: one that the decoder accepted fits the schema. One that a program builds may not,
/// such as an empty `runId`; the daemon then answers `VALIDATION_ERROR`.
public sealed interface ClientMessage {
  /// Echoed in the direct reply.
  Optional<String> requestId();

  record Ping(Optional<String> requestId) implements ClientMessage {}

  /// Has one of `runId` and `strategyPath`, or both.
  record PrepareRun(
      Optional<String> runId,
      Optional<String> strategyPath,
      Optional<String> modelOverride,
      Optional<String> cwd,
      Optional<String> manifestPath,
      Optional<RunLimits> limits,
      Optional<String> requestId)
      implements ClientMessage {}

  record StartRun(String runId, Optional<String> input, Optional<String> requestId)
      implements ClientMessage {}

  record ContinueRun(String runId, String input, Optional<String> requestId)
      implements ClientMessage {}

  record ResumeRun(String runId, Optional<String> requestId) implements ClientMessage {}

  record AttachRun(String runId, OptionalLong afterSeq, Optional<String> requestId)
      implements ClientMessage {}

  record StopRun(String runId, Optional<String> requestId) implements ClientMessage {}

  record DeleteRun(String runId, Optional<String> requestId) implements ClientMessage {}

  record Subscribe(String runId, OptionalLong afterSeq, Optional<String> requestId)
      implements ClientMessage {}

  record Unsubscribe(String runId, Optional<String> requestId) implements ClientMessage {}

  record UserInput(String runId, String agentName, String text, Optional<String> requestId)
      implements ClientMessage {}

  record PermissionDecision(
      String runId,
      String permissionRequestId,
      PermissionChoice decision,
      Optional<String> requestId)
      implements ClientMessage {}

  record QuestionResponse(
      String runId, String questionRequestId, String response, Optional<String> requestId)
      implements ClientMessage {}

  record UpdatePolicy(
      String runId,
      PolicyMode mode,
      Optional<String> tool,
      Optional<List<String>> allow,
      Optional<List<String>> deny,
      Optional<PolicyDefault> defaultDecision,
      Optional<String> requestId)
      implements ClientMessage {
    public UpdatePolicy {
      allow = allow.map(List::copyOf);
      deny = deny.map(List::copyOf);
    }
  }

  record SteerRun(String runId, String text, Optional<String> requestId) implements ClientMessage {}

  record ListRuns(
      Optional<String> cwd,
      OptionalLong limit,
      Optional<String> before,
      Optional<RunStatus> status,
      Optional<String> query,
      Optional<String> requestId)
      implements ClientMessage {}

  record ListStrategies(Optional<String> requestId) implements ClientMessage {}

  record ListProviders(Optional<String> scope, Optional<Boolean> live, Optional<String> requestId)
      implements ClientMessage {}

  record GetAvailableModels(
      Optional<String> modelId, Optional<String> scope, Optional<String> requestId)
      implements ClientMessage {}

  record RegisterProvider(String providerId, Optional<String> requestId) implements ClientMessage {}

  record UnregisterProvider(String providerId, Optional<String> requestId)
      implements ClientMessage {}

  /// Carries a secret: [#toString()] shows none.
  record SetCredential(
      String providerId,
      CredentialType credentialType,
      Optional<String> apiKey,
      Optional<String> oauthToken,
      Optional<JsonNode> customData,
      Optional<String> requestId)
      implements ClientMessage {
    @Override
    public String toString() {
      return "SetCredential[providerId=" + providerId + ", type=" + credentialType + "]";
    }
  }

  record ListMcpServers(
      Optional<String> cwd,
      Optional<String> runId,
      Optional<String> strategyPath,
      Optional<String> requestId)
      implements ClientMessage {}

  record UpdateMcpServer(
      String serverId,
      boolean enabled,
      McpScope scope,
      Optional<String> cwd,
      Optional<String> runId,
      Optional<String> strategyPath,
      Optional<String> requestId)
      implements ClientMessage {}

  record TrashList(Optional<String> cwd, Optional<String> requestId) implements ClientMessage {}

  record TrashRestore(
      String cwd, String trashPath, Optional<String> targetPath, Optional<String> requestId)
      implements ClientMessage {}

  record TrashClear(Optional<String> cwd, Optional<String> requestId) implements ClientMessage {}

  record HubList(Optional<String> requestId) implements ClientMessage {}

  record HubInstall(
      String name,
      Optional<String> version,
      Optional<Boolean> allowCode,
      Optional<String> requestId)
      implements ClientMessage {}

  record HubUpdate(
      String name,
      Optional<String> version,
      Optional<Boolean> allowCode,
      Optional<String> requestId)
      implements ClientMessage {}

  record HubRemove(String name, Optional<String> requestId) implements ClientMessage {}
}
