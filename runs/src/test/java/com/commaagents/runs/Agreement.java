package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/// What the wire, the disk and the memory of a run that has ended must say of each other.
final class Agreement {
  private Agreement() {}

  /// @param wire all that was ever published of the run
  /// @return what is on disk
  static List<TimelineEvent> check(
      RunId run, List<PublishedMessage> wire, RunStore store, RunSystem runs) {
    assertThat(wire)
        .extracting(PublishedMessage::seq)
        .isEqualTo(LongStream.rangeClosed(1, wire.size()).boxed().toList());
    List<RunCompleted> told = ends(wire);
    List<TimelineEvent> disk =
        store.read(run).entries().stream().map(TimelineEntry::event).toList();
    assertThat(endsOnDisk(disk)).as("ends of %s", run).isEqualTo(told);
    assertThat(startsOnDisk(disk)).as("starts of %s", run).isEqualTo(starts(wire));
    steeringStandsBeforeItIsTakenOnce(disk);
    store
        .find(run)
        .ifPresentOrElse(
            overview -> {
              assertThat(overview.state()).isEqualTo(told.getLast().outcome());
              assertThat(overview.status()).isEqualTo(inMemory(run, runs));
            },
            () -> assertThat(told).isEmpty());
    return disk;
  }

  /// The ends of the segments on the wire, as they must stand on disk. Checks that each segment has
  /// one end, and that between segments nothing is told but what happens to a prepared run.
  private static List<RunCompleted> ends(List<PublishedMessage> wire) {
    List<RunCompleted> ends = new ArrayList<>();
    boolean running = false;
    for (PublishedMessage message : wire) {
      switch (message.message()) {
        case RunMessage.StrategyStarted _ -> {
          assertThat(running).as("started twice: %s", message).isFalse();
          running = true;
        }
        case RunMessage.StrategyCompleted completed -> {
          assertThat(running).as("ended twice: %s", message).isTrue();
          running = false;
          ends.add(end(RunState.Finished.completed(), Optional.of(completed), message.seq()));
        }
        case RunMessage.StrategyFailed failed -> {
          if (running) {
            RunState.Finished outcome =
                failed.error().code().equals("CANCELLED")
                    ? RunState.Finished.cancelled(failed.error().message())
                    : RunState.Finished.failed(failed.error().code(), failed.error().message());
            ends.add(end(outcome, Optional.empty(), message.seq()));
          }
          running = false;
        }
        case RunMessage.SteerQueued _ -> {}
        case RunMessage.StepStarted _,
            RunMessage.AgentStreaming _,
            RunMessage.AgentOutput _,
            RunMessage.StepCompleted _,
            RunMessage.InputRequested _,
            RunMessage.PermissionRequested _,
            RunMessage.QuestionRequested _,
            RunMessage.PolicyUpdated _ ->
            assertThat(running).as("outside of a segment: %s", message).isTrue();
      }
    }
    assertThat(running).as("without an end").isFalse();
    return ends;
  }

  /// The newest number at each start.
  private static List<Long> starts(List<PublishedMessage> wire) {
    return wire.stream()
        .filter(message -> message.message() instanceof RunMessage.StrategyStarted)
        .map(message -> message.seq() - 1)
        .toList();
  }

  private static List<Long> startsOnDisk(List<TimelineEvent> disk) {
    return disk.stream()
        .filter(RunStarted.class::isInstance)
        .map(event -> ((RunStarted) event).seq().orElseThrow())
        .toList();
  }

  private static RunCompleted end(
      RunState.Finished outcome, Optional<RunMessage.StrategyCompleted> completed, long seq) {
    return new RunCompleted(
        outcome,
        completed.map(message -> result(message.result(), message.usage())),
        OptionalLong.of(seq));
  }

  /// The ends on disk, as far as clients are told of them. Checks that nothing stands outside of a
  /// segment.
  private static List<RunCompleted> endsOnDisk(List<TimelineEvent> disk) {
    List<RunCompleted> ends = new ArrayList<>();
    boolean running = false;
    for (TimelineEvent event : disk) {
      assertThat(running).as("in place: %s", event).isEqualTo(!(event instanceof RunStarted));
      running = !(event instanceof RunCompleted);
      if (event instanceof RunCompleted(var outcome, var result, var seq)) {
        ends.add(
            new RunCompleted(
                outcome, result.map(value -> result(value.text(), value.usage())), seq));
      }
    }
    assertThat(running).as("without an end on disk").isFalse();
    return ends;
  }

  private static void steeringStandsBeforeItIsTakenOnce(List<TimelineEvent> disk) {
    Set<String> queued = new HashSet<>();
    Set<String> said = new HashSet<>();
    for (TimelineEvent event : disk) {
      if (event instanceof TimelineEvent.Steering(var _, var text)) {
        assertThat(said).doesNotContain(text);
        assertThat(queued.add(text)).as("queued twice: %s", text).isTrue();
      } else if (event instanceof TimelineEvent.UserInput(var _, var text, var _, var _, var _)) {
        assertThat(said.add(text)).as("taken twice: %s", text).isTrue();
      }
    }
  }

  private static CallResult result(String text, Usage usage) {
    return new CallResult(text, usage, Optional.empty(), FinishReason.STOP);
  }

  private static RunStatus inMemory(RunId run, RunSystem runs) {
    return runs.runsInMemory().stream()
        .filter(summary -> summary.runId().equals(run))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
