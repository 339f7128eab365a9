package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.LiveRun;
import com.commaagents.runs.message.RunNotice;
import java.util.Optional;
import java.util.OptionalLong;

/// Lets clients follow runs, whether these are live or not. Thread-safe.
record Followers(RunTable table, KnownRuns known, Hub hub, Snapshots snapshots) {
  /// As [RunSystem#subscribe].
  ///
  /// @throws Fault `NOT_FOUND`
  void subscribe(ClientId client, String runId, OptionalLong afterSeq) throws InterruptedException {
    RunId id = known.find(runId);
    Optional<LiveRun> run = table.live(id);
    if (run.isPresent() && run.get().standing().state() instanceof RunState.Pending) {
      // Its owner lets it be followed, or releases it; never both.
      if (run.get().follow(client, afterSeq)) {
        return;
      }
      run.get().awaitClosed();
      known.find(runId);
    }
    hub.subscribe(id, client, afterSeq, known.lastSeq(id));
  }

  /// As [RunSystem#attach].
  ///
  /// @throws Fault `NOT_FOUND`
  void attach(ClientId client, String runId, OptionalLong afterSeq, Optional<String> attachId)
      throws InterruptedException {
    RunId id = known.find(runId);
    while (true) {
      Optional<LiveRun> run = table.live(id);
      if (run.isPresent() && run.get().attach(client, afterSeq, attachId)) {
        return;
      }
      long lastSeq = hub.lastSeq(id, known.lastSeq(id));
      var snapshot = new RunNotice.Snapshot(snapshots.ofFinished(id, lastSeq), attachId);
      if (hub.attachIfStill(id, client, afterSeq, snapshot)) {
        return;
      }
    }
  }
}
