package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.RunRequest.Verb;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The requests about a run that a session makes of the daemon.
final class RunMessages {
  static final String PREPARE = "prepare";
  static final String START = "start";
  static final String ATTACH = "attach";

  /// Asks for a snapshot beside a replay: what is open now.
  static final String STANDING = "standing";

  private RunMessages() {}

  static ObjectNode prepare(RunRequest request) {
    ObjectNode message = Json.object().put("type", "prepare_run");
    request.runId().ifPresent(id -> message.put("runId", id));
    request.strategy().ifPresent(path -> message.put("strategyPath", path.toString()));
    request.modelOverride().ifPresent(model -> message.put("modelOverride", model));
    // A continued run goes on where it was, unless a strategy is given as well.
    if (request.strategy().isPresent()) {
      message.put("cwd", request.workingDirectory().toString());
    }
    if (!request.limits().isEmpty()) {
      message.set("limits", request.limits());
    }
    return message.put("requestId", PREPARE);
  }

  /// Starts, continues or resumes.
  static ObjectNode start(RunRequest request, String runId) {
    ObjectNode message = of(request.verb(), runId);
    request.input().ifPresent(text -> message.put("input", text));
    return message.put("requestId", START);
  }

  static ObjectNode attach(String runId, OptionalLong afterSeq, String requestId) {
    ObjectNode message = of(Verb.ATTACH, runId);
    afterSeq.ifPresent(seq -> message.put("afterSeq", seq));
    return message.put("requestId", requestId);
  }

  static ObjectNode subscribe(String runId, long afterSeq) {
    return Json.object().put("type", "subscribe").put("runId", runId).put("afterSeq", afterSeq);
  }

  static ObjectNode stop(String runId) {
    return Json.object().put("type", "stop_run").put("runId", runId);
  }

  /// Whether a message answers a request that the session cannot go on without.
  static boolean isVital(JsonNode answer) {
    return switch (Json.text(answer, "requestId").orElse("")) {
      case PREPARE, START, ATTACH -> true;
      default -> false;
    };
  }

  private static ObjectNode of(Verb verb, String runId) {
    return Json.object().put("type", verb.label()).put("runId", runId);
  }
}
