package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import com.commaagents.runs.timeline.TimelineEvent.OpenToolCall;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of what an unfinished call has said, on disk and in snapshots.
final class PartialJson {
  private PartialJson() {}

  static ObjectNode write(Partial partial) {
    ObjectNode node = Json.object();
    node.put("agentName", partial.agentName());
    node.put("path", partial.path());
    node.put("text", partial.text());
    if (!partial.thinking().isEmpty()) {
      node.put("thinking", partial.thinking());
    }
    if (!partial.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("toolCalls");
      for (OpenToolCall call : partial.toolCalls()) {
        calls
            .addObject()
            .put("toolCallId", call.toolCallId())
            .put("toolName", call.toolName())
            .put("args", call.arguments());
      }
    }
    return node;
  }

  static Partial read(JsonNode node) {
    List<OpenToolCall> calls = new ArrayList<>();
    for (JsonNode call : node.path("toolCalls")) {
      calls.add(
          new OpenToolCall(
              Json.text(call, "toolCallId").orElse(""),
              Json.text(call, "toolName").orElse(""),
              Json.text(call, "args").orElse("")));
    }
    return new Partial(
        Json.text(node, "agentName").orElse(""),
        Json.text(node, "path").orElse(""),
        Json.text(node, "text").orElse(""),
        Json.text(node, "thinking").orElse(""),
        calls);
  }
}
