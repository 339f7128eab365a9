package com.commaagents.runs.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run is cut off after each entry of its timeline, and resumed.
class ResumeTest {
  private static final String UNKNOWN = "interrupted: outcome unknown";

  @TempDir Path folder;
  private Path strategy;
  private WholeRun run;
  private List<TimelineEntry> whole;
  private RunMessage.StrategyCompleted end;

  @BeforeEach
  void runItOnce() throws IOException, InterruptedException {
    strategy = Team.writeStrategies(folder);
    run = WholeRun.play(past -> new Team(folder, past), request(), "mind the gap");
    whole = run.timeline();
    end = run.end();
    assertThat(run.unsafeCalls()).isEqualTo(2);
    assertThat(end.result()).contains("unsafe did it");
    assertThat(end.costUsd()).isPresent();
  }

  @Test
  void showsWhatToolsSayToWhoResumesAndNotToWhoStarts() throws InterruptedException {
    try (Team team = new Team(folder, List.of())) {
      team.runs.prepareRun(Team.ME, request());
      team.runs.startRun(Team.ME, Team.RUN.value(), Optional.of("dig"), Optional.empty());
      team.playToTheEnd();
      assertThat(team.tools.unsafe).hasValue(2);
      assertThat(team.overheard).isEmpty();
    }
    try (Team team = new Team(folder, whole.subList(0, 1))) {
      team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty());
      team.playToTheEnd();
      assertThat(team.overheard)
          .contains("2/cycle[1]/0: unsafe works", "3/0: safe works")
          .as("inside the launched strategy")
          .anyMatch(heard -> heard.matches("2/cycle\\[1]/0/launch\\[.+]/0: safe works"));
    }
  }

  @Test
  void comesToTheSameEndWhereverItWasInterrupted() throws InterruptedException {
    run.resumedEverywhere(this::check);
  }

  @Test
  void comesToTheSameEndWhenItIsInterruptedAgain() throws InterruptedException {
    run.resumedTwice(this::check);
  }

  @Test
  void doesNotKnowTheCostWhereItsTimelineDoesNotSayIt() throws InterruptedException {
    List<TimelineEntry> past =
        whole.subList(0, 20).stream()
            .map(entry ->
                entry.event() instanceof TimelineEvent.AgentCall(var record, var path, var _)
                    ? new TimelineEntry(
                        entry.at(), new TimelineEvent.AgentCall(record, path, Optional.empty()))
                    : entry)
            .toList();
    try (Team team = new Team(folder, past)) {
      team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty());
      RunMessage.StrategyCompleted resumed =
          (RunMessage.StrategyCompleted) team.playToTheEnd().getLast();
      assertThat(resumed.usage()).isEqualTo(end.usage());
      assertThat(resumed.costUsd()).isEmpty();
    }
  }

  @Test
  void refusesARunThatWasNotInterrupted() throws InterruptedException {
    try (Team team = new Team(folder, whole)) {
      assertRefused(team, "Run was not interrupted: run-1");
      team.runs.prepareRun(Team.ME, PrepareRunOptions.continuing("run-1"));
      assertRefused(team, "Run was not interrupted: run-1");
      team.runs.stopRun("run-1");
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> team.runs.resumeRun(Team.ME, "nobody", Optional.empty()))
          .withMessage("Run not found: nobody");
    }
  }

  @Test
  void refusesARunWhoseFlowHasChangedAndLeavesItAsItWas() throws Exception {
    Files.writeString(strategy, Files.readString(strategy).replace("cycles: 2", "cycles: 3"));
    try (Team team = new Team(folder, whole.subList(0, 9))) {
      List<TimelineEntry> before = team.timeline();
      assertRefused(
          team,
          "Run cannot be resumed: run-1: the flow in its strategy file has changed since. Continue"
              + " it with a further prompt instead.");
      assertThat(team.timeline()).isEqualTo(before);
      assertThat(team.runs.activeRuns()).isZero();
    }
  }

  @Test
  void refusesATimelineThatDoesNotSayWhereItsAgentsStood() {
    List<TimelineEntry> untraced =
        whole.subList(0, 20).stream()
            .map(entry ->
                entry.event() instanceof TimelineEvent.AgentCall(var record, var _, var _)
                    ? new TimelineEntry(
                        entry.at(),
                        new TimelineEvent.AgentCall(record, Optional.empty(), Optional.empty()))
                    : entry)
            .toList();
    try (Team team = new Team(folder, untraced)) {
      assertRefused(
          team,
          "Run cannot be resumed: run-1: its timeline, written by another daemon, does not say"
              + " where its agents stood. Continue it with a further prompt instead.");
    }
  }

  @Test
  void resumesARunThatIsPreparedAlready() throws InterruptedException {
    try (Team team = new Team(folder, whole.subList(0, 12))) {
      team.runs.prepareRun(Team.ME, PrepareRunOptions.continuing("run-1"));
      team.runs.resumeRun(Team.ME, "run-1", Optional.of("mine"));
      List<RunMessage> told = team.playToTheEnd();
      assertThat(((RunMessage.StrategyStarted) told.getFirst()).requestId()).contains("mine");
      assertThat(told.getLast())
          .isEqualTo(
              new RunMessage.StrategyCompleted(
                  end.result(), end.usage(), end.costUsd(), Optional.of("mine")));
    }
  }

  @Test
  void continuesInsteadWithoutWhatWasUnderWay() throws InterruptedException {
    try (Team team = new Team(folder, whole.subList(0, 12))) {
      team.runs.prepareRun(Team.ME, PrepareRunOptions.continuing("run-1"));
      team.runs.continueRun(Team.ME, "run-1", "dig", Optional.empty());
      team.playToTheEnd();
      assertThat(team.models.roundTrips)
          .as("a summary more: the planner remembers what it had said")
          .hasValue(run.roundTrips() + 1);
    }
  }

  private void assertRefused(Team team, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty()))
        .withMessage(message);
  }

  private void check(WholeRun.Resumed resumed, String where) {
    assertThat(known(resumed.end().result())).as(where).isEqualTo(known(end.result()));
    assertThat(resumed.told().getFirst()).as(where).isInstanceOf(RunMessage.StrategyStarted.class);
    assertConversation(resumed.timeline(), where);
  }

  private void assertConversation(List<TimelineEntry> resumed, String where) {
    History history = History.of(resumed);
    // What was queued before the start stands behind it: it may be cut off too.
    int steered =
        resumed.stream().anyMatch(entry -> entry.event() instanceof TimelineEvent.Steering) ? 1 : 0;
    History expected = History.of(whole);
    assertThat(history.state()).as(where).isEqualTo(RunState.Finished.completed());
    assertThat(history.prompts()).as(where).hasSameSizeAs(expected.prompts());
    assertThat(history.prompts().getFirst().beforeRecordId())
        .as(where)
        .contains(history.records().getFirst().id());
    assertThat(
            history.records().stream()
                .filter(
                    record -> record.userMessage().content().text().endsWith("</user_steering>")))
        .as(where)
        .hasSize(steered);
    assertThat(history.records().stream().map(CallRecord::agentName).sorted().toList())
        .as(where)
        .isEqualTo(expected.records().stream().map(CallRecord::agentName).sorted().toList());
  }

  // A tool call that must not be repeated gives another text; everything else is the same.
  private static String known(String result) {
    return result.replaceAll(UNKNOWN + "[^|]*?make it again\\.", "unsafe did it");
  }

  // Exactly what the run needs: a call that is counted twice would end it.
  private PrepareRunOptions request() {
    return new PrepareRunOptions(
            Optional.of(Team.RUN.value()),
            Optional.of(strategy.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .withLimits(RunLimits.NONE.withMaxAgentCalls(14).withMaxToolCalls(9));
  }
}
