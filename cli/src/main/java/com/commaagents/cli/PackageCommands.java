package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.run.Style;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.cli.words.Columns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma packages …`, all of it through the daemon.
///
/// Limit: the daemon is waited for at most [#PATIENCE].
final class PackageCommands {
  /// The daemon asks for an index and an archive, and has two minutes for each.
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> HEADING =
      List.of("PACKAGE", "INSTALLED", "NEWEST", "CODE", "WHAT");
  private static final int MOST_VERSION = 20;

  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Terminal terminal;
  private final DaemonSettings settings;

  PackageCommands(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.terminal = surroundings.terminal();
    this.settings = DaemonSettings.load(surroundings.place(), Flags.NONE);
  }

  int list() throws InterruptedException {
    JsonNode answer = ask(Json.object().put("type", "hub_list"));
    if (arguments.has("--json")) {
      ObjectNode json = Json.object();
      json.set("installed", answer.path("installed"));
      if (answer.has("available")) {
        json.set("available", answer.path("available"));
      }
      terminal.out(Json.write(json) + "\n");
    } else {
      Map<String, Row> rows = rows(answer);
      if (rows.isEmpty()) {
        terminal.err("No package is installed, and none can be had.");
      } else {
        terminal.out(table(rows));
      }
    }
    Json.text(answer, "error").map(Style::clean).ifPresent(terminal::err);
    return ExitCode.DONE;
  }

  private record Row(Optional<JsonNode> installed, Optional<JsonNode> newest) {
    List<String> cells(String name) {
      return List.of(
          name,
          installed.map(Row::standing).orElse("-"),
          newest.map(Row::version).orElse("-"),
          installed
              .map(one -> one.path("executableCodeApproved").asBoolean(false) ? "approved" : "-")
              .orElse("-"),
          newest
              .flatMap(one -> Json.text(one, "description"))
              .map(text -> Style.brief(text, Integer.MAX_VALUE))
              .orElse(""));
    }

    private static String standing(JsonNode one) {
      return version(one) + (one.path("pinned").asBoolean(false) ? " (pinned)" : "");
    }

    private static String version(JsonNode one) {
      return Style.brief(Json.text(one, "version").orElse(""), MOST_VERSION);
    }
  }

  private static Map<String, Row> rows(JsonNode answer) {
    Map<String, Row> rows = new TreeMap<>();
    for (JsonNode one : answer.path("installed")) {
      rows.put(name(one), new Row(Optional.of(one), Optional.empty()));
    }
    for (JsonNode one : answer.path("available")) {
      Optional<JsonNode> installed =
          Optional.ofNullable(rows.get(name(one))).flatMap(Row::installed);
      rows.put(name(one), new Row(installed, Optional.of(one)));
    }
    return rows;
  }

  private static String name(JsonNode one) {
    return Style.clean(Json.text(one, "name").orElse(""));
  }

  private String table(Map<String, Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADING);
    rows.forEach((name, row) -> cells.add(row.cells(name)));
    return Columns.text(cells, Set.of(), terminal.columns());
  }

  int install() throws InterruptedException {
    return change("hub_install", "installed");
  }

  int update() throws InterruptedException {
    return change("hub_update", "up to date");
  }

  private int change(String type, String done) throws InterruptedException {
    JsonNode one =
        ask(versioned(request(type)).put("allowCode", arguments.has("--allow-code")))
            .path("installedPackage");
    terminal.err(
        name(one)
            + " "
            + Row.version(one)
            + " is "
            + done
            + (one.path("pinned").asBoolean(false) ? " and pinned" : "")
            + (one.path("executableCodeApproved").asBoolean(false)
                ? ", and may run its code."
                : "."));
    one.path("changes").forEach(change -> terminal.err(Style.clean(change.asString(""))));
    return ExitCode.DONE;
  }

  // @SCOPE/NAME@VERSION
  private static ObjectNode versioned(ObjectNode request) {
    String words = request.path("name").asString();
    int at = words.lastIndexOf('@');
    return at <= 0
        ? request
        : request.put("name", words.substring(0, at)).put("version", words.substring(at + 1));
  }

  int remove() throws InterruptedException {
    ObjectNode request = request("hub_remove");
    boolean removed = ask(request).path("removed").asBoolean(false);
    if (!removed) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "There is no such package here: comma packages list shows those that are installed.");
    }
    terminal.err(request.path("name").asString() + " is removed.");
    return ExitCode.DONE;
  }

  private ObjectNode request(String type) {
    String name =
        arguments
            .word(0)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.INVALID_INPUT,
                    "Which package? " + arguments.command().path() + " @SCOPE/NAME"));
    return Json.object().put("type", type).put("name", name);
  }

  private JsonNode ask(ObjectNode request) throws InterruptedException {
    LockHolder daemon = DaemonDoor.open(surroundings, terminal, settings, false);
    try (DaemonClient client = DaemonDoor.connect(daemon, settings)) {
      return client.ask(request, PATIENCE);
    }
  }
}
