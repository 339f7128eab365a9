package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.servers.ServerRow;
import com.commaagents.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma mcp …`, all of it through the daemon.
final class McpCommands {
  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Terminal terminal;
  private final Place place;

  McpCommands(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.terminal = surroundings.terminal();
    this.place = surroundings.place();
  }

  int list() throws InterruptedException {
    return show(about("list_mcp_servers"));
  }

  /// @param enabled whether it is turned on or off: for a run where one is named, else by default
  int update(boolean enabled) throws InterruptedException {
    String server =
        arguments
            .word(0)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.INVALID_INPUT,
                    "Which server? comma mcp list shows those there are."));
    return show(
        about("update_mcp_server")
            .put("serverId", server)
            .put("enabled", enabled)
            .put("scope", arguments.has("--run") ? "run" : "default"));
  }

  // A run has its own folder; without one it is this folder, or the one that is named.
  private ObjectNode about(String type) {
    ObjectNode request = Json.object().put("type", type);
    arguments.value("--run").ifPresent(run -> request.put("runId", run));
    if (arguments.has("--cwd") || !arguments.has("--run")) {
      request.put("cwd", resolved(arguments.value("--cwd").orElse("")));
    }
    arguments.value("--strategy").ifPresent(file -> request.put("strategyPath", resolved(file)));
    return request;
  }

  private String resolved(String path) {
    return place.resolve(place.workingDirectory(), path).toString();
  }

  private int show(ObjectNode request) throws InterruptedException {
    DaemonSettings settings = DaemonSettings.load(place, Flags.NONE);
    JsonNode answer =
        DaemonDoor.ask(surroundings, terminal, settings, daemon -> daemon.ask(request));
    List<ServerRow> servers = new ArrayList<>();
    answer.path("servers").forEach(server -> servers.add(new ServerRow(server)));
    if (arguments.has("--json")) {
      ObjectNode json = Json.object();
      json.set("servers", answer.path("servers"));
      terminal.out(Json.write(json) + "\n");
    } else if (servers.isEmpty()) {
      terminal.err(
          "There are no MCP servers here. They are defined in a strategy, in .comma/mcp.json of a"
              + " working folder, or in "
              + settings.dataDirectory().resolve("mcp.json")
              + ".");
    } else {
      terminal.out(ServerRow.table(servers, terminal.columns()));
    }
    return ExitCode.DONE;
  }
}
