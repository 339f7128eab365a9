package com.commaagents.runs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.runs.lifecycle.Decision.Accepted;
import com.commaagents.runs.lifecycle.Decision.Ignored;
import com.commaagents.runs.lifecycle.Decision.Refused;
import com.commaagents.runs.lifecycle.RunState.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Finished DONE = Finished.completed();
  private static final Finished DIED = Finished.failed("INTERRUPTED", "the process died");
  private static final Finished OTHER = Finished.failed("EXECUTION_ERROR", "no");

  @Test
  void everyCommandHasItsAnswerInEveryState() throws IOException {
    StringBuilder table = new StringBuilder();
    states()
        .forEach((stateName, state) ->
            commands()
                .forEach((commandName, command) ->
                    table
                        .append("%-22s %-10s ".formatted(stateName, commandName))
                        .append(shown(state, Lifecycle.decide(state, command)))
                        .append('\n')));
    assertThat(table.toString()).isEqualTo(golden("/golden/lifecycle-commands.txt"));
  }

  @Test
  void everyEventHasItsEffectInEveryState() throws IOException {
    StringBuilder table = new StringBuilder();
    states()
        .forEach((stateName, state) ->
            events()
                .forEach((eventName, event) ->
                    table
                        .append("%-22s %-10s ".formatted(stateName, eventName))
                        .append(effect(state, event))
                        .append('\n')));
    assertThat(table.toString()).isEqualTo(golden("/golden/lifecycle-events.txt"));
  }

  @Test
  void whatADecisionAcceptsCanAlwaysHappen() {
    for (RunState state : states().values()) {
      for (RunCommand command : commands().values()) {
        if (Lifecycle.decide(state, command) instanceof Accepted(var event)) {
          assertThat(Lifecycle.after(state, event)).isNotNull();
        }
      }
    }
  }

  @Test
  void ofTwoEndsTheFirstCounts() {
    RunState running = new RunState.Running();
    RunState stopped =
        Lifecycle.after(
            running,
            ((Accepted) Lifecycle.decide(running, new RunCommand.Stop("by client"))).event());
    assertThat(stopped).isEqualTo(Finished.cancelled("by client"));
    assertThat(Lifecycle.decide(stopped, new RunCommand.End(DONE))).isEqualTo(new Ignored());
    assertThat(Lifecycle.decide(DONE, new RunCommand.Stop("late"))).isEqualTo(new Ignored());
  }

  @Test
  void theDocumentsShowTheDiagramOfTheCode() throws IOException {
    assertThat(Files.readString(Path.of("../docs/run-system.md")))
        .contains("```mermaid\n" + LifecycleDiagram.draw() + "```");
  }

  private static Map<String, RunState> states() {
    Map<String, RunState> states = new LinkedHashMap<>();
    states.put("absent", new RunState.Absent());
    states.put("pending", new RunState.Pending(Optional.empty()));
    states.put("pending continuation", new RunState.Pending(Optional.of(DONE)));
    states.put("pending interrupted", new RunState.Pending(Optional.of(DIED)));
    states.put("running", new RunState.Running());
    states.put("finished", DONE);
    states.put("discarded", new RunState.Discarded());
    return states;
  }

  private static Map<String, RunCommand> commands() {
    Map<String, RunCommand> commands = new LinkedHashMap<>();
    commands.put("prepare", new RunCommand.Prepare());
    commands.put("start", new RunCommand.Start());
    commands.put("continue", new RunCommand.Continue());
    commands.put("resume", new RunCommand.Resume());
    commands.put("stop", new RunCommand.Stop("by client"));
    commands.put("release", new RunCommand.Release());
    commands.put("end", new RunCommand.End(OTHER));
    commands.put("interrupt", new RunCommand.Interrupt());
    return commands;
  }

  private static Map<String, RunEvent> events() {
    Map<String, RunEvent> events = new LinkedHashMap<>();
    events.put("prepared", new RunEvent.Prepared());
    events.put("started", new RunEvent.Started());
    events.put("ended", new RunEvent.Ended(OTHER));
    events.put("abandoned", new RunEvent.Abandoned("by client"));
    events.put("released", new RunEvent.Released());
    return events;
  }

  private static String shown(RunState state, Decision decision) {
    return switch (decision) {
      case Accepted(var event) -> "-> " + name(Lifecycle.after(state, event));
      case Refused(var why) -> "refused: " + why.message("ID");
      case Ignored() -> "ignored";
    };
  }

  private static String effect(RunState state, RunEvent event) {
    try {
      return "-> " + name(Lifecycle.after(state, event));
    } catch (IllegalStateException illegal) {
      return "illegal";
    }
  }

  private static String name(RunState state) {
    return switch (state) {
      case RunState.Absent() -> "absent";
      case RunState.Pending pending when pending.resumable() -> "pending interrupted";
      case RunState.Pending pending -> pending.continuation() ? "pending continuation" : "pending";
      case RunState.Running() -> "running";
      case Finished(var status, var error) ->
          "finished " + status.label() + error.map(why -> " " + why.code()).orElse("");
      case RunState.Discarded() -> "discarded";
    };
  }

  private static String golden(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LifecycleTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
