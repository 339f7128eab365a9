package com.commaagents.cli.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.daemon.RunFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The runs of a daemon, asked for. Used by one thread.
///
/// Limit: a list is asked for in pages of [#PAGE].
public final class KeptRuns {
  static final int PAGE = 1_000;

  private final DaemonClient daemon;
  private final RunFiles files;

  public KeptRuns(DaemonClient daemon, RunFiles files) {
    this.daemon = daemon;
    this.files = files;
  }

  /// What a `list_runs` request asks for, the run that was started last first.
  public List<RunRow> list(ObjectNode request) throws InterruptedException {
    List<RunRow> rows = new ArrayList<>();
    for (JsonNode run : daemon.ask(request.put("type", "list_runs")).path("runs")) {
      RunRow.read(run, files).ifPresent(rows::add);
    }
    return rows;
  }

  /// All runs, the one that was started last first.
  public List<RunRow> all() throws InterruptedException {
    List<RunRow> all = new ArrayList<>();
    List<RunRow> page;
    do {
      ObjectNode request = Json.object().put("limit", PAGE);
      if (!all.isEmpty()) {
        request.put("before", all.getLast().runId().value());
      }
      page = list(request);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  public Optional<RunRow> find(RunId runId) throws InterruptedException {
    return list(Json.object().put("query", runId.value())).stream()
        .filter(row -> row.runId().equals(runId))
        .findFirst();
  }

  /// The run that was typed.
  ///
  /// @throws Fault `NOT_FOUND`
  public RunRow named(String typed) throws InterruptedException {
    Optional<RunId> id = RunId.parse(typed);
    Optional<RunRow> row = id.isPresent() ? find(id.get()) : Optional.empty();
    return row.orElseThrow(() ->
        new Fault(
            FaultCode.NOT_FOUND,
            "Run not found: " + typed + ". `comma runs list` shows the runs there are."));
  }

  /// The ids of the runs that are being prepared or executed.
  public Set<String> live() throws InterruptedException {
    Set<String> live = new HashSet<>();
    JsonNode answer = daemon.ask(Json.object().put("type", "list_strategies"));
    for (JsonNode run : answer.path("runs")) {
      String status = Json.text(run, "status").orElse("");
      if (status.equals("pending") || status.equals("running")) {
        Json.text(run, "runId").ifPresent(live::add);
      }
    }
    return live;
  }

  /// A run from any state, as `run_snapshot`.
  ///
  /// @throws Fault `NOT_FOUND`
  public JsonNode snapshot(String runId) throws InterruptedException {
    return daemon.ask(Json.object().put("type", "attach_run").put("runId", runId));
  }

  /// Ends a live run and waits until it has.
  ///
  /// @return false when it was not live
  public boolean stop(RunId runId) throws InterruptedException {
    if (!live().contains(runId.value())) {
      return false;
    }
    daemon.tell(Json.object().put("type", "stop_run").put("runId", runId.value()));
    return true;
  }

  /// Hands a text to the agent of a live run that is called next.
  ///
  /// @return false when it was not live
  /// @throws Fault `CONFLICT` when it has too many texts already
  public boolean steer(String runId, String text) throws InterruptedException {
    if (!live().contains(runId)) {
      return false;
    }
    daemon.tell(Json.object().put("type", "steer_run").put("runId", runId).put("text", text));
    return true;
  }

  /// @throws Fault `CONFLICT` when it is live or cannot be deleted; `NOT_FOUND`
  public void delete(RunId runId) throws InterruptedException {
    JsonNode _ = daemon.ask(Json.object().put("type", "delete_run").put("runId", runId.value()));
  }
}
