package com.commaagents.runs;

import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult;
import com.commaagents.strategy.load.StrategyLoader;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Snapshots of runs that are not live, from their timelines.
final class Snapshots {
  private final RunStore store;
  private final Clock clock;
  private final StrategyLoader loader = new StrategyLoader();

  Snapshots(RunStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// @throws Fault `NOT_FOUND` for a run that was cancelled before it was started: there is nothing
  ///   to show
  ///
  /// @param lastSeq the number of its newest message
  RunSnapshot ofFinished(RunId runId, long lastSeq) {
    History history = store.history(runId).build();
    RunStarted start =
        history
            .latestStart()
            .orElseThrow(() -> new Fault(FaultCode.NOT_FOUND, "Run not found: " + runId));
    if (start.shape().isPresent()) {
      return snapshot(runId, history, start, start.shape().get(), lastSeq);
    }
    // A timeline that does not keep agents and flow: they are what the strategy file says now.
    LoadResult file = loader.check(Path.of(start.strategyPath()), LoadRequest.FILE_ONLY);
    List<String> agents =
        switch (file) {
          case LoadResult.Loaded(var strategy) -> strategy.agentNames();
          case LoadResult.Rejected _ ->
              history.transcript().shown().stream()
                  .map(StoredRecord::agentName)
                  .distinct()
                  .toList();
        };
    JsonNode flowTree =
        switch (file) {
          case LoadResult.Loaded(var strategy) -> strategy.flowTree();
          case LoadResult.Rejected _ -> Json.object();
        };
    return snapshot(runId, history, start, new TimelineEvent.Shape(agents, flowTree), lastSeq);
  }

  private RunSnapshot snapshot(
      RunId runId, History history, RunStarted start, TimelineEvent.Shape shape, long lastSeq) {
    return new RunSnapshot(
        runId,
        clock.now(),
        history.state().shownAs().orElse(RunStatus.ERROR),
        start.strategyName(),
        shape.agents(),
        shape.flowTree(),
        start.mcpServers().stream().map(McpServerStatus::atRest).toList(),
        history,
        List.of(),
        List.of(),
        history.partials(),
        lastSeq);
  }
}
