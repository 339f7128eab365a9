package com.commaagents.runs.launch;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;

/// What a launched strategy reports, as part of the run that launched it: what its agents say and
/// do is told and kept under the run, with the path of the launch; its steps are its own affair,
/// and its conversation is never restored.
final class LaunchedJournal implements Journal {
  private final Journal run;
  private final String launchId;
  private final String prefix;

  /// @param prefix what stands before the paths of the launched strategy
  LaunchedJournal(Journal run, String launchId, String prefix) {
    this.run = run;
    this.launchId = launchId;
    this.prefix = prefix;
  }

  @Override
  public void add(EngineEvent event) throws InterruptedException {
    switch (event) {
      case EngineEvent.Streaming(var speaker, var streamed) ->
          run.add(new EngineEvent.Streaming(inside(speaker), streamed));
      case EngineEvent.AgentOutput(var speaker, var text, var usage, var contextUsage) ->
          run.add(new EngineEvent.AgentOutput(inside(speaker), text, usage, contextUsage));
      case EngineEvent.CallRecorded(var path, var record, var cost) ->
          run.add(new EngineEvent.LaunchedCallRecorded(launchId, path(path), record, cost));
      case EngineEvent.LaunchedCallRecorded(var id, var path, var record, var cost) ->
          run.add(new EngineEvent.LaunchedCallRecorded(id, path(path), record, cost));
      case EngineEvent.SummaryMade(var agentName, var path, var spent) ->
          run.add(new EngineEvent.SummaryMade(agentName, path(path), spent));
      case EngineEvent.ToolStarted call ->
          run.add(
              new EngineEvent.ToolStarted(
                  call.agentName(),
                  path(call.path()),
                  call.toolCallId(),
                  call.toolName(),
                  call.arguments()));
      case EngineEvent.ToolEnded ended ->
          run.add(
              new EngineEvent.ToolEnded(
                  path(ended.path()), ended.toolCallId(), ended.outcome(), ended.took()));
      case EngineEvent.ToolMutation mutation -> run.add(mutation);
      case EngineEvent.PolicyUpdated updated -> run.add(updated);
      case EngineEvent.ModelTurn turn ->
          run.add(
              new EngineEvent.ModelTurn(
                  turn.agentName(),
                  path(turn.path()),
                  turn.callId(),
                  turn.index(),
                  turn.userMessage(),
                  turn.message(),
                  turn.spent(),
                  turn.contextUsage(),
                  turn.finishReason()));
      case EngineEvent.StepStarted _,
          EngineEvent.StepCompleted _,
          EngineEvent.ConversationCompacted _ -> {}
    }
  }

  @Override
  public void show(ToolOutput output) {
    run.show(
        new ToolOutput(
            output.agentName(),
            path(output.path()),
            output.toolCallId(),
            output.toolName(),
            output.stream(),
            output.index(),
            output.text()));
  }

  @Override
  public void flush() throws InterruptedException {
    run.flush();
  }

  /// A path of the launched strategy, seen from the run.
  String path(String inside) {
    return prefix + inside;
  }

  private Speaker inside(Speaker speaker) {
    return new Speaker(speaker.agentName(), path(speaker.path()), speaker.model());
  }
}
