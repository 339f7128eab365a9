package com.commaagents.runs.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The life of a run as a Mermaid diagram: every command that is accepted, asked of [Lifecycle].
final class LifecycleDiagram {
  private LifecycleDiagram() {}

  static String draw() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (RunState from : states()) {
      for (RunCommand command : commands()) {
        if (Lifecycle.decide(from, command) instanceof Decision.Accepted(var event)) {
          arrows
              .computeIfAbsent(
                  name(from) + " --> " + name(Lifecycle.after(from, event)),
                  _ -> new LinkedHashSet<>())
              .add(command.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
      }
    }
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
    arrows.forEach((arrow, names) ->
        diagram
            .append("  ")
            .append(arrow)
            .append(" : ")
            .append(String.join(", ", names))
            .append('\n'));
    return diagram.toString();
  }

  private static List<RunState> states() {
    List<RunState> states = new ArrayList<>();
    RunState.Finished died = RunState.Finished.failed(RunError.INTERRUPTED, "");
    states.add(new RunState.Absent());
    states.add(new RunState.Pending(Optional.empty()));
    states.add(new RunState.Pending(Optional.of(RunState.Finished.completed())));
    states.add(new RunState.Pending(Optional.of(died)));
    states.add(new RunState.Running());
    states.add(RunState.Finished.completed());
    states.add(RunState.Finished.failed(RunError.EXECUTION_ERROR, ""));
    states.add(RunState.Finished.cancelled(""));
    states.add(died);
    states.add(new RunState.Discarded());
    return states;
  }

  private static List<RunCommand> commands() {
    return List.of(
        new RunCommand.Prepare(),
        new RunCommand.Start(),
        new RunCommand.Continue(),
        new RunCommand.Resume(),
        new RunCommand.End(RunState.Finished.completed()),
        new RunCommand.End(RunState.Finished.failed(RunError.EXECUTION_ERROR, "")),
        new RunCommand.Stop(""),
        new RunCommand.Release(),
        new RunCommand.Interrupt());
  }

  private static String name(RunState state) {
    return switch (state) {
      case RunState.Absent() -> "[*]";
      case RunState.Pending pending when pending.resumable() -> "pending_interrupted";
      case RunState.Pending pending -> pending.continuation() ? "pending_continuation" : "pending";
      case RunState.Running() -> "running";
      case RunState.Finished finished
          when finished.error().filter(RunError::meansInterrupted).isPresent() ->
          "interrupted";
      case RunState.Finished finished -> finished.status().label();
      case RunState.Discarded() -> "discarded";
    };
  }
}
