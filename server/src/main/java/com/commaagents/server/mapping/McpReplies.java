package com.commaagents.server.mapping;

import com.commaagents.base.json.Json;
import com.commaagents.runs.timeline.McpServerStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// MCP servers as they stand in wire messages.
public final class McpReplies {
  private McpReplies() {}

  public static JsonNode server(McpServerStatus server) {
    ObjectNode node =
        Json.object()
            .put("id", server.id())
            .put("source", server.source())
            .put("transport", server.transport())
            .put("enabled", server.enabled())
            .put("enabledByDefault", server.enabledByDefault());
    server.connected().ifPresent(connected -> node.put("connected", connected));
    node.put("toolCount", server.toolCount());
    ArrayNode agents = node.putArray("assignedAgents");
    server.assignedAgents().forEach(agents::add);
    server.error().ifPresent(error -> node.put("error", error));
    return node;
  }
}
