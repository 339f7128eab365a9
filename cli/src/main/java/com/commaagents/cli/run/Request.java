package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Something a run wants of a person.
sealed interface Request {
  String agentName();

  record Input(String agentName, String prompt) implements Request {}

  record Permission(
      String id, String agentName, String tool, String operation, String resource, boolean denied)
      implements Request {}

  record Question(String id, String agentName, String question) implements Request {}

  /// The request in a message of the daemon, or empty where it is none.
  static Optional<Request> read(JsonNode message) {
    String agent = text(message, "agentName");
    String id = text(message, "requestId");
    return switch (text(message, "type")) {
      case "request_input" -> Optional.of(new Input(agent, text(message, "prompt")));
      case "request_permission" ->
          Optional.of(
              new Permission(
                  id,
                  agent,
                  text(message, "toolName"),
                  text(message, "operation"),
                  text(message, "resource"),
                  text(message, "reason").equals("policy-deny-override")));
      case "request_question" -> Optional.of(new Question(id, agent, text(message, "question")));
      default -> Optional.empty();
    };
  }

  /// Whether it is the one that a `request_resolved` names.
  default boolean isNamedBy(JsonNode resolution) {
    String id = text(resolution, "resolvedRequestId");
    return switch (this) {
      case Input(String agent, _) ->
          text(resolution, "kind").equals("input") && text(resolution, "agentName").equals(agent);
      case Permission permission -> permission.id().equals(id);
      case Question(String question, _, _) -> question.equals(id);
    };
  }

  private static String text(JsonNode message, String field) {
    return Json.text(message, field).orElse("");
  }

  /// The message that gives `answer`: a text, or one of the decisions of the protocol.
  default ObjectNode answer(String runId, String answer) {
    ObjectNode message = Json.object();
    switch (this) {
      case Input(String agent, _) ->
          message.put("type", "user_input").put("agentName", agent).put("text", answer);
      case Permission permission ->
          message
              .put("type", "permission_decision")
              .put("permissionRequestId", permission.id())
              .put("decision", answer);
      case Question(String id, _, _) ->
          message
              .put("type", "question_response")
              .put("questionRequestId", id)
              .put("response", answer);
    }
    return message.put("runId", runId);
  }
}
