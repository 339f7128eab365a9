package com.commaagents.cli.servers;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.Style;
import com.commaagents.cli.words.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One of `mcp_server_list.servers`, as the daemon sent it.
public record ServerRow(JsonNode json) {
  private static final int MOST_ID = 30;
  private static final List<String> HEADING =
      List.of("SERVER", "FROM", "OVER", "STATE", "TOOLS", "AGENTS");
  private static final Set<Integer> NUMBERS = Set.of(4);

  /// The list for people, with what is wrong below it.
  public static String table(List<ServerRow> servers, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADING);
    servers.forEach(server -> rows.add(server.cells()));
    return Columns.text(rows, NUMBERS, width)
        + servers.stream().map(ServerRow::trouble).collect(Collectors.joining());
  }

  private List<String> cells() {
    List<String> agents = new ArrayList<>();
    json.path("assignedAgents").forEach(agent -> agents.add(Style.clean(agent.asString(""))));
    return List.of(
        Style.brief(text("id"), MOST_ID),
        text("source"),
        text("transport"),
        state(),
        json.path("connected").asBoolean(false) ? json.path("toolCount").asString("") : "",
        String.join(", ", agents));
  }

  private String state() {
    if (!json.path("enabled").asBoolean(false)) {
      return "off";
    }
    if (!json.has("connected")) {
      return "on";
    }
    return json.path("connected").asBoolean(false) ? "connected" : "out of reach";
  }

  private String trouble() {
    return Json.text(json, "error")
        .map(error -> Style.clean(text("id") + ": " + error) + "\n")
        .orElse("");
  }

  private String text(String field) {
    return Json.text(json, field).orElse("");
  }
}
