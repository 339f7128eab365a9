package com.commaagents.runs.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A run that was played to its end, to be cut off after any entry of its timeline and resumed.
///
/// @param roundTrips how many there were with models
/// @param safeCalls how often the tool ran that may run again
/// @param unsafeCalls how often the other one ran
record WholeRun(
    Lives lives,
    List<TimelineEntry> timeline,
    RunMessage.StrategyCompleted end,
    int roundTrips,
    int safeCalls,
    int unsafeCalls) {
  private static final int TWICE_INTERRUPTED = 150;

  /// Makes a life of a process that has a timeline already.
  @FunctionalInterface
  interface Lives {
    Team begin(List<TimelineEntry> past);
  }

  /// What else holds of a run that was resumed.
  @FunctionalInterface
  interface Check {
    void check(Resumed resumed, String where);
  }

  /// @param past where it was cut off
  /// @param timeline what stands there in the end
  record Resumed(
      List<TimelineEntry> past,
      List<TimelineEntry> timeline,
      List<RunMessage> told,
      RunMessage.StrategyCompleted end) {}

  /// Plays a run, in which one text is steered.
  static WholeRun play(Lives lives, PrepareRunOptions request, String steered)
      throws InterruptedException {
    try (Team team = lives.begin(List.of())) {
      team.runs.prepareRun(Team.ME, request);
      team.runs.actions().steer(Team.RUN.value(), steered);
      team.runs.startRun(Team.ME, Team.RUN.value(), Optional.of("dig"), Optional.empty());
      RunMessage.StrategyCompleted end =
          (RunMessage.StrategyCompleted) team.playToTheEnd().getLast();
      team.runs.await(Team.RUN.value());
      return new WholeRun(
          lives,
          team.timeline(),
          end,
          team.models.roundTrips.get(),
          team.tools.safe.get(),
          team.tools.unsafe.get());
    }
  }

  /// Cuts it off after each entry.
  void resumedEverywhere(Check check) throws InterruptedException {
    for (int cut = 1; cut < timeline.size(); cut++) {
      List<TimelineEntry> past = timeline.subList(0, cut);
      resume(past, check, "cut after " + cut + ": " + past.getLast().event());
    }
  }

  /// Cuts it off somewhere, and then what resumed it.
  void resumedTwice(Check check) throws InterruptedException {
    long seed = Seeds.of("runs.resume.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TWICE_INTERRUPTED; i++) {
      int cut = 1 + random.nextInt(timeline.size() - 1);
      String where = "seed " + seed + ", cut " + cut;
      List<TimelineEntry> resumed = resume(timeline.subList(0, cut), check, where).timeline();
      // Behind the end of the interrupted segment and the start of the one that resumes it.
      int again = cut + 2 + random.nextInt(resumed.size() - cut - 2);
      resume(resumed.subList(0, again), check, where + " and " + again);
    }
  }

  /// Resumes it from where it was cut off. It does what was not done, and comes to the same tokens
  /// and cost.
  Resumed resume(List<TimelineEntry> past, Check check, String where) throws InterruptedException {
    Done done = Done.of(past);
    try (Team team = lives.begin(past)) {
      team.runs.resumeRun(Team.ME, Team.RUN.value(), Optional.empty());
      List<RunMessage> told = team.playToTheEnd();
      team.runs.await(Team.RUN.value());

      assertThat(told.getLast()).as(where).isInstanceOf(RunMessage.StrategyCompleted.class);
      RunMessage.StrategyCompleted reached = (RunMessage.StrategyCompleted) told.getLast();
      assertThat(reached.usage()).as(where).isEqualTo(end.usage().plus(done.wasted().usage()));
      assertThat(reached.costUsd())
          .as(where)
          .isEqualTo(
              end.costUsd().map(cost -> cost.add(done.wasted().costUsd()).stripTrailingZeros()));
      assertThat(team.models.roundTrips).as(where).hasValue(roundTrips - done.roundTrips());
      assertThat(team.tools.safe).as(where).hasValue(safeCalls - done.ended("safe"));
      assertThat(team.tools.unsafe).as(where).hasValue(unsafeCalls - done.started("unsafe"));
      Resumed resumed = new Resumed(past, team.timeline(), told, reached);
      check.check(resumed, where);
      return resumed;
    }
  }
}
