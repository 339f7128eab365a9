package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What was told of one run, whoever was told it, and what must hold of it.
final class Stream {
  private final RunId run;
  private final Referee referee;
  private final TreeMap<Long, PublishedMessage> told = new TreeMap<>();
  private final Map<String, Integer> acceptedById = new HashMap<>();
  private final Set<String> acceptedTexts = new HashSet<>();
  private final Set<String> steered = new HashSet<>();
  private final List<RunMessage> requests = new ArrayList<>();
  private boolean running;
  private int prepared;
  private int ended;
  private int resumed;

  Stream(RunId run, Referee referee) {
    this.run = run;
    this.referee = referee;
  }

  RunId run() {
    return run;
  }

  /// Somebody was told something: everybody is told the same, and what it promises is on disk.
  void see(PublishedMessage message, Disk disk, SimulatedStore store) {
    PublishedMessage known = told.putIfAbsent(message.seq(), message);
    referee.require(known == null || known.equals(message), () -> known + " became " + message);
    if (known == null) {
      referee.note(run + " " + message.seq() + " " + message.message());
      referee.count(message.message().getClass().getSimpleName());
      isKept(message, disk, store);
    }
  }

  private void isKept(PublishedMessage message, Disk disk, SimulatedStore store) {
    Optional<RunCompleted> end = disk.end(run, message.seq());
    switch (message.message()) {
      case RunMessage.StrategyCompleted completed -> {
        ended++;
        referee.require(
            end.isPresent()
                && end.get().outcome().equals(RunState.Finished.completed())
                && end.get().result().orElseThrow().text().equals(completed.result()),
            () -> "told and not on disk: " + message);
      }
      case RunMessage.StrategyFailed(var error, var _) -> {
        ended++;
        referee.count(error.code());
        if (error.code().equals(RunError.PERSISTENCE_ERROR)) {
          referee.require(
              store.glance(run).map(shown -> shown.state().equals(failed(error))).orElse(true),
              () -> "not listed as it was told: " + message);
        } else if (end.isPresent()) {
          referee.require(
              end.get().outcome().error().equals(Optional.of(error)), () -> end + ", " + message);
        } else {
          referee.require(
              error.code().equals(RunError.CANCELLED)
                  && store.glance(run).map(shown -> !isRunning(shown)).orElse(true),
              () -> "told and not on disk: " + message);
          referee.count("cancelled before the start");
        }
      }
      case RunMessage.StrategyStarted _ ->
          referee.require(!disk.of(run).isEmpty(), () -> "told and not on disk: " + message);
      case RunMessage.InputRequested _,
          RunMessage.PermissionRequested _,
          RunMessage.QuestionRequested _ ->
          requests.add(message.message());
      case RunMessage.StepStarted _,
          RunMessage.AgentStreaming _,
          RunMessage.AgentOutput _,
          RunMessage.StepCompleted _,
          RunMessage.SteerQueued _,
          RunMessage.PolicyUpdated _ -> {}
    }
  }

  private static boolean isRunning(RunOverview shown) {
    return shown.state() instanceof RunState.Running;
  }

  private static RunState.Finished failed(RunError error) {
    return RunState.Finished.failed(error.code(), error.message());
  }

  /// The next message for somebody who sees all of them, in order.
  void follow(PublishedMessage message) {
    switch (message.message()) {
      case RunMessage.StrategyStarted _ -> {
        referee.require(!running, () -> "started twice: " + message);
        running = true;
      }
      case RunMessage.StrategyCompleted _ -> {
        referee.require(running, () -> "ended twice: " + message);
        running = false;
      }
      case RunMessage.StrategyFailed(var error, var _) -> {
        referee.require(
            running
                || error.code().equals(RunError.CANCELLED)
                || error.code().equals(RunError.PERSISTENCE_ERROR),
            () -> "ended twice: " + message);
        running = false;
      }
      // What happens to a prepared run as well.
      case RunMessage.SteerQueued _, RunMessage.PolicyUpdated _ -> {}
      case RunMessage.StepStarted _,
          RunMessage.AgentStreaming _,
          RunMessage.AgentOutput _,
          RunMessage.StepCompleted _,
          RunMessage.InputRequested _,
          RunMessage.PermissionRequested _,
          RunMessage.QuestionRequested _ ->
          referee.require(running, () -> "outside of a segment: " + message);
    }
  }

  /// A preparation succeeded: every former one has had its end.
  void prepared() {
    prepared++;
    referee.require(prepared <= ended + 1, () -> run + " was prepared while it was live");
  }

  /// A resume succeeded; it may have prepared the run itself.
  void resumed() {
    resumed++;
  }

  /// The run system is down: every preparation has had its one end.
  void closed() {
    referee.require(
        prepared <= ended && ended <= prepared + resumed,
        () ->
            "%s: prepared %d times, resumed %d times, ended %d"
                .formatted(run, prepared, resumed, ended));
  }

  /// Another process has taken over. What a prepared run had told that was never started is on no
  /// disk: its numbers come again.
  ///
  /// @return the highest number that stays
  long takenOver(Disk disk) {
    running = false;
    prepared = 0;
    ended = 0;
    resumed = 0;
    if (!disk.isRunning(run)) {
      told.tailMap(disk.lastSeq(run), false).clear();
    }
    return lastSeq();
  }

  void acceptedAnswer(String requestId) {
    int times = acceptedById.merge(requestId, 1, Integer::sum);
    referee.require(times == 1, () -> run + ": two answers to " + requestId);
  }

  void acceptedText(String text) {
    acceptedTexts.add(text);
  }

  boolean hasAccepted(String text) {
    return acceptedTexts.contains(text) || steered.contains(text);
  }

  /// Somebody tries to steer with a text that nobody else uses.
  void steers(String text) {
    steered.add(text);
  }

  /// The newest requests to people, also those that were answered.
  List<RunMessage> lately(int most) {
    return requests.subList(Math.max(0, requests.size() - most), requests.size());
  }

  long lastSeq() {
    return told.isEmpty() ? 0 : told.lastKey();
  }

  Iterable<PublishedMessage> upTo(long seq) {
    return told.headMap(seq, true).values();
  }
}
