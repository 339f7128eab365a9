package com.commaagents.runs.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run is cut off after each entry of its timeline, and resumed.
class ResumeTest {
  private static final String UNKNOWN = "interrupted: outcome unknown";
  private static final int TWICE_INTERRUPTED = 150;

  @TempDir Path folder;
  private Path strategy;
  private List<TimelineEntry> whole;
  private RunMessage.StrategyCompleted end;
  private int roundTrips;
  private int safeCalls;

  @BeforeEach
  void runItOnce() throws IOException, InterruptedException {
    strategy = Team.writeStrategies(folder);
    try (Team team = new Team(folder, List.of())) {
      team.runs.prepareRun(Team.ME, request());
      team.runs.actions().steer(Team.RUN.value(), "mind the gap");
      team.runs.startRun(Team.ME, Team.RUN.value(), Optional.of("dig"), Optional.empty());
      end = (RunMessage.StrategyCompleted) team.playToTheEnd().getLast();
      team.runs.await(Team.RUN.value());
      whole = team.timeline();
      roundTrips = team.models.roundTrips.get();
      safeCalls = team.tools.safe.get();
      assertThat(team.tools.unsafe).hasValue(2);
    }
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
    for (int cut = 1; cut < whole.size(); cut++) {
      resume(whole.subList(0, cut), "cut after " + cut + ": " + whole.get(cut - 1).event());
    }
  }

  @Test
  void comesToTheSameEndWhenItIsInterruptedAgain() throws InterruptedException {
    long seed = Seeds.of("runs.resume.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TWICE_INTERRUPTED; i++) {
      int cut = 1 + random.nextInt(whole.size() - 1);
      List<TimelineEntry> resumed = resume(whole.subList(0, cut), "seed " + seed + ", cut " + cut);
      // Behind the end of the interrupted segment and the start of the one that resumes it.
      int again = cut + 2 + random.nextInt(resumed.size() - cut - 2);
      resume(resumed.subList(0, again), "seed " + seed + ", cut " + cut + " and " + again);
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
                entry.event() instanceof TimelineEvent.AgentCall(var record, var _)
                    ? new TimelineEntry(
                        entry.at(), new TimelineEvent.AgentCall(record, Optional.empty()))
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
      assertThat(team.models.roundTrips).hasValue(roundTrips);
    }
  }

  private void assertRefused(Team team, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty()))
        .withMessage(message);
  }

  private List<TimelineEntry> resume(List<TimelineEntry> past, String where)
      throws InterruptedException {
    try (Team team = new Team(folder, past)) {
      team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty());
      List<RunMessage> told = team.playToTheEnd();
      team.runs.await(Team.RUN.value());

      int unknown = unknownOutcomes(past);
      RunMessage.StrategyCompleted resumed = (RunMessage.StrategyCompleted) told.getLast();
      assertThat(known(resumed.result())).as(where).isEqualTo(known(end.result()));
      assertThat(resumed.usage()).as(where).isEqualTo(end.usage());
      assertThat(resumed.costUsd())
          .as(where)
          .isEqualTo(hasLaunched(past) ? Optional.empty() : end.costUsd());
      assertThat(told.getFirst()).as(where).isInstanceOf(RunMessage.StrategyStarted.class);
      assertThat(team.models.roundTrips).as(where).hasValue(roundTrips - recordedRoundTrips(past));
      assertThat(team.tools.safe).as(where).hasValue(safeCalls - results(past, "safe").size());
      assertThat(team.tools.unsafe)
          .as(where)
          .hasValue(2 - results(past, "unsafe").size() - unknown);
      assertConversation(team.timeline(), where);
      return team.timeline();
    }
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

  // Nobody knows the models of agents that were launched.
  private static boolean hasLaunched(List<TimelineEntry> past) {
    return past.stream()
        .anyMatch(entry ->
            entry.event() instanceof TimelineEvent.SubAgentCall
                || (entry.event() instanceof TimelineEvent.ModelTurn(var turn)
                    && ToolCallContext.isInside(turn.path())));
  }

  // A tool call that must not be repeated gives another text; everything else is the same.
  private static String known(String result) {
    return result.replaceAll(UNKNOWN + "[^|]*?make it again\\.", "unsafe did it");
  }

  private static int unknownOutcomes(List<TimelineEntry> past) {
    Set<String> started = new HashSet<>();
    for (TimelineEntry entry : past) {
      if (entry.event() instanceof TimelineEvent.ToolCalled(var call)
          && call.toolName().equals("unsafe")) {
        started.add(call.path() + call.toolCallId());
      }
    }
    return started.size() - results(past, "unsafe").size();
  }

  /// The calls of a tool whose results are recorded.
  private static Set<String> results(List<TimelineEntry> past, String tool) {
    Set<String> names = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (TimelineEntry entry : past) {
      if (entry.event() instanceof TimelineEvent.ToolCalled(var call)) {
        names.removeIf(name -> name.endsWith(" " + call.path() + " " + call.toolCallId()));
        names.add(call.toolName() + " " + call.path() + " " + call.toolCallId());
      } else if (entry.event() instanceof TimelineEvent.ToolResult(var result)
          && names.contains(tool + " " + result.path() + " " + result.toolCallId())) {
        ended.add(result.path() + " " + result.toolCallId());
      }
    }
    return ended;
  }

  /// The round-trips whose answers are recorded.
  private static int recordedRoundTrips(List<TimelineEntry> past) {
    Set<String> recorded = new HashSet<>();
    for (TimelineEntry entry : past) {
      switch (entry.event()) {
        case TimelineEvent.ModelTurn(var turn) -> recorded.add(turn.callId() + " " + turn.index());
        case TimelineEvent.AgentCall(var record, var _) -> addAll(record, recorded);
        case TimelineEvent.SubAgentCall(var _, var _, var record) -> addAll(record, recorded);
        default -> {}
      }
    }
    return recorded.size();
  }

  private static void addAll(CallRecord record, Set<String> recorded) {
    if (record.agentName().equals("person")) {
      return;
    }
    int index = 0;
    for (Message message : record.responseMessages()) {
      if (message instanceof Message.Assistant) {
        recorded.add(record.id() + " " + index++);
      }
    }
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
