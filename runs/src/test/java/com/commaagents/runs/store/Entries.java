package com.commaagents.runs.store;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Timeline entries for tests.
final class Entries {
  static final Instant START = Instant.parse("2026-11-22T06:00:00Z");

  private Entries() {}

  static Instant at(long second) {
    return START.plusSeconds(second);
  }

  static TimelineEntry started(Instant at, String input) {
    return new TimelineEntry(
        at,
        new TimelineEvent.RunStarted(
            "/s/talk.yaml",
            "talk",
            "/w",
            Optional.of(input),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            RunLimits.NONE,
            List.of(),
            OptionalLong.of(at.getEpochSecond() - START.getEpochSecond())));
  }

  static TimelineEntry ended(Instant at, RunState.Finished end) {
    return new TimelineEntry(
        at,
        new TimelineEvent.RunCompleted(
            end, Optional.empty(), OptionalLong.of(at.getEpochSecond() - START.getEpochSecond())));
  }

  static TimelineEntry step(Instant at, String name) {
    return new TimelineEntry(
        at,
        new TimelineEvent.StepStarted(
            new EngineEvent.Step("0", name, "main", Optional.of(name), OptionalInt.of(0))));
  }

  static TimelineEntry said(Instant at, String text) {
    return new TimelineEntry(
        at, new TimelineEvent.UserInput("user", text, true, Optional.empty(), Optional.empty()));
  }

  /// Something that may follow on any timeline, also where it makes no sense.
  static TimelineEntry any(Instant at, RandomGenerator random) {
    List<String> texts =
        List.of("", "\"run_started\"", "{\"type\":\"run_completed\"}", "é\n", "x".repeat(400));
    String text = texts.get(random.nextInt(texts.size()));
    return switch (random.nextInt(6)) {
      case 0, 1 -> started(at, text);
      case 2 -> ended(at, RunState.Finished.completed());
      case 3 -> ended(at, RunState.Finished.failed("E" + random.nextInt(3), text));
      case 4 -> step(at, text);
      default -> said(at, text);
    };
  }
}
