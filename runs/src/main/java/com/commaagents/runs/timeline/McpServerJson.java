package com.commaagents.runs.timeline;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// MCP servers as JSON. `enabledByDefault` and `assignedAgents` are ours; others leave them out.
final class McpServerJson {
  private McpServerJson() {}

  static ArrayNode write(List<McpServerStatus> servers) {
    ArrayNode nodes = Json.mapper().createArrayNode();
    servers.forEach(server -> nodes.add(write(server)));
    return nodes;
  }

  private static ObjectNode write(McpServerStatus server) {
    ObjectNode node =
        Json.object()
            .put("id", server.id())
            .put("source", server.source())
            .put("transport", server.transport())
            .put("enabled", server.enabled())
            .put("enabledByDefault", server.enabledByDefault())
            .put("connected", server.connected().orElse(false))
            .put("toolCount", server.toolCount());
    ArrayNode agents = node.putArray("assignedAgents");
    server.assignedAgents().forEach(agents::add);
    server.error().ifPresent(error -> node.put("error", error));
    return node;
  }

  /// What can be read of a list; whatever has no id is left out.
  static List<McpServerStatus> read(JsonNode nodes) {
    List<McpServerStatus> servers = new ArrayList<>();
    for (JsonNode node : nodes) {
      Json.text(node, "id").ifPresent(id -> servers.add(server(id, node)));
    }
    return servers;
  }

  private static McpServerStatus server(String id, JsonNode node) {
    List<String> agents = new ArrayList<>();
    node.path("assignedAgents").forEach(agent -> agents.add(agent.asString("")));
    boolean enabled = node.path("enabled").asBoolean(false);
    return new McpServerStatus(
        id,
        Json.text(node, "source").orElse(""),
        Json.text(node, "transport").orElse(""),
        enabled,
        node.path("enabledByDefault").asBoolean(enabled),
        Optional.of(node.path("connected").asBoolean(false)),
        node.path("toolCount").asInt(0),
        agents,
        Json.text(node, "error"));
  }
}
