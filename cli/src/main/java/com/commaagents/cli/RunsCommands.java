package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.RunFiles;
import com.commaagents.cli.runs.KeptRuns;
import com.commaagents.cli.runs.RunColumns;
import com.commaagents.cli.runs.RunPage;
import com.commaagents.cli.runs.RunRow;
import com.commaagents.cli.runs.TimelineCopy;
import com.commaagents.cli.terminal.PlainTerminal;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.cli.words.Suggestion;
import com.commaagents.runs.lifecycle.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma runs …`, all of it through the daemon.
final class RunsCommands {
  /// How many runs a list shows unless it is said.
  static final int USUAL_LIMIT = 50;

  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Terminal terminal;

  RunsCommands(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.terminal =
        arguments.has("--no-color")
            ? new PlainTerminal(surroundings.terminal())
            : surroundings.terminal();
  }

  /// What is done with the runs of the daemon.
  @FunctionalInterface
  private interface Work {
    int with(KeptRuns runs, RunFiles files) throws InterruptedException;
  }

  int list() throws InterruptedException {
    int limit = RunsOptions.whole(arguments, "--limit").orElse(USUAL_LIMIT);
    ObjectNode request = Json.object();
    arguments.value("--status").ifPresent(typed -> request.put("status", status(typed)));
    arguments.value("--cwd").ifPresent(typed -> request.put("cwd", folder(typed).toString()));
    arguments.value("--query").ifPresent(typed -> request.put("query", typed));
    arguments.value("--before").ifPresent(typed -> request.put("before", typed));
    // One more, to see whether there are more.
    request.put("limit", limit + 1L);
    return withRuns((runs, _) -> {
      List<RunRow> found = runs.list(request);
      List<RunRow> rows = found.subList(0, Math.min(limit, found.size()));
      show(rows);
      if (found.size() > limit) {
        terminal.err("There are more; they follow with --before " + rows.getLast().runId() + ".");
      }
      return ExitCode.DONE;
    });
  }

  private void show(List<RunRow> rows) {
    if (arguments.has("--json")) {
      ObjectNode json = Json.object();
      ArrayNode list = json.putArray("runs");
      rows.forEach(row -> list.add(row.json()));
      terminal.out(Json.write(json) + "\n");
    } else if (rows.isEmpty()) {
      terminal.err("There are no such runs.");
    } else {
      terminal.out(columns().text(rows));
    }
  }

  int show() throws InterruptedException {
    String runId = oneRun("comma runs show RUN");
    return withRuns((runs, _) -> {
      JsonNode snapshot = runs.snapshot(runId);
      if (arguments.has("--json")) {
        terminal.out(Json.write(snapshot) + "\n");
      } else {
        String id = Json.text(snapshot, "runId").orElse(runId);
        Optional<RunRow> row = runs.find(new RunId(id));
        terminal.out(new RunPage(terminal.colours()).text(snapshot, row));
      }
      return ExitCode.DONE;
    });
  }

  int export() throws InterruptedException {
    String runId = oneRun("comma runs export RUN");
    return withRuns((runs, files) -> {
      Path timeline = files.timeline(runs.named(runId).runId());
      Optional<Path> file = arguments.value("--to").map(this::folder);
      if (file.isPresent()) {
        TimelineCopy.save(timeline, file.get());
      } else {
        TimelineCopy.print(timeline, terminal);
      }
      return ExitCode.DONE;
    });
  }

  int stop() throws InterruptedException {
    List<String> named = List.copyOf(new LinkedHashSet<>(arguments.words()));
    if (named.isEmpty()) {
      throw RunsOptions.usage("Which runs? For example: comma runs stop RUN");
    }
    return withRuns((runs, _) -> {
      int failed = 0;
      for (String typed : named) {
        if (RunId.parse(typed).isPresent() && runs.stop(new RunId(typed))) {
          terminal.out("Stopped " + typed + ".\n");
        } else {
          failed++;
          terminal.err(notLive(typed));
        }
      }
      return failed == 0 ? ExitCode.DONE : ExitCode.RUN_FAILED;
    });
  }

  int steer() throws InterruptedException {
    String runId = oneRun("comma runs steer RUN TEXT");
    String text =
        arguments
            .word(1)
            .filter(typed -> !typed.isBlank())
            .orElseThrow(() ->
                RunsOptions.usage(
                    "With which text? For example: comma runs steer RUN \"Leave the tests alone.\""));
    return withRuns((runs, _) -> {
      if (runs.steer(runId, text)) {
        terminal.out("The agent that is called next gets it.\n");
        return ExitCode.DONE;
      }
      terminal.err(notLive(runId));
      return ExitCode.RUN_FAILED;
    });
  }

  private static String notLive(String typed) {
    return "No such run is live: " + typed + ". `comma runs list` shows what there is.";
  }

  int delete() throws InterruptedException {
    List<String> named = List.copyOf(new LinkedHashSet<>(arguments.words()));
    if (named.isEmpty()) {
      throw RunsOptions.usage("Which runs? For example: comma runs delete RUN");
    }
    return withRuns((runs, _) -> {
      List<RunRow> rows = new ArrayList<>();
      for (String typed : named) {
        rows.add(runs.named(typed));
      }
      return deletion(runs).delete(rows);
    });
  }

  int prune() throws InterruptedException {
    var rule = RunsOptions.pruneRule(arguments);
    return withRuns((runs, _) -> {
      List<RunRow> all = runs.all();
      List<RunRow> chosen = rule.choose(all, runs.live(), surroundings.clock().now());
      if (chosen.isEmpty()) {
        terminal.out("There is nothing to delete; runs that stay: %d.\n".formatted(all.size()));
        return ExitCode.DONE;
      }
      return deletion(runs).delete(chosen);
    });
  }

  private RunDeletion deletion(KeptRuns runs) {
    return new RunDeletion(
        runs, terminal, columns(), arguments.has("--yes"), arguments.has("--dry-run"));
  }

  private int withRuns(Work work) throws InterruptedException {
    DaemonSettings settings = DaemonSettings.load(surroundings.place(), Flags.NONE);
    LockHolder daemon = DaemonDoor.open(surroundings, terminal, settings, false);
    try (DaemonClient client = DaemonDoor.connect(daemon, settings)) {
      RunFiles files = new RunFiles(settings.runsDirectory());
      return work.with(new KeptRuns(client, files), files);
    }
  }

  private RunColumns columns() {
    return new RunColumns(terminal.columns(), surroundings.clock().now());
  }

  private String oneRun(String example) {
    return arguments
        .word(0)
        .orElseThrow(() ->
            RunsOptions.usage(
                "Which run? " + example + "; `comma runs list` shows the runs there are."));
  }

  private Path folder(String typed) {
    return surroundings.place().resolve(surroundings.place().workingDirectory(), typed);
  }

  private static String status(String typed) {
    List<String> known = Arrays.stream(RunStatus.values()).map(RunStatus::label).toList();
    if (!known.contains(typed)) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "--status: expected one of %s, not `%s`%s"
              .formatted(String.join(", ", known), typed, Suggestion.forWord(typed, known)));
    }
    return typed;
  }
}
