package com.commaagents.runs;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.live.LiveRun;
import java.util.Optional;

/// Routes a client's answers to live runs. Each method returns whether somebody was waiting for it;
/// the first answer wins, a second one finds nobody. Thread-safe.
public final class RunActions {
  private final RunTable table;

  RunActions(RunTable table) {
    this.table = table;
  }

  /// Queues a text for the next LLM agent call of a pending or running run.
  public boolean steer(String runId, String text) throws InterruptedException {
    Optional<LiveRun> run = live(runId);
    return run.isPresent() && run.get().steer(text);
  }

  /// Answers the input an agent waits for.
  public boolean resolveInput(ClientId by, String runId, String agentName, String text) {
    return live(runId).map(run -> run.answerInput(by, agentName, text)).orElse(false);
  }

  public boolean resolvePermission(
      ClientId by, String runId, String requestId, People.Decision decision) {
    return live(runId).map(run -> run.decidePermission(by, requestId, decision)).orElse(false);
  }

  public boolean resolveQuestion(ClientId by, String runId, String requestId, String response) {
    return live(runId).map(run -> run.answerQuestion(by, requestId, response)).orElse(false);
  }

  /// Changes what the tools of a pending or running run may do.
  ///
  /// @param toolName empty: all tools
  public boolean updatePolicy(
      String runId, ToolSession.PolicyPatch patch, Optional<String> toolName) {
    return live(runId).map(run -> run.updatePolicy(patch, toolName)).orElse(false);
  }

  private Optional<LiveRun> live(String runId) {
    return RunId.parse(runId).flatMap(table::live);
  }
}
