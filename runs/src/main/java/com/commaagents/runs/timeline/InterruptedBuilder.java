package com.commaagents.runs.timeline;

import java.math.BigDecimal;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.resume.Recording;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.timeline.TimelineEvent.RunCompleted;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineEvent.Shape;
import com.commaagents.runs.timeline.TimelineEvent.Steering;
import com.commaagents.runs.timeline.TimelineEvent.UserInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Walks a timeline, entry by entry, and says what its last segment had done when it was
/// interrupted. A segment and those that resume it count as one.
///
/// Not thread-safe. It holds what a resume needs: the results of completed steps, and the calls
/// under way; what lies inside a completed step or tool call is given up.
public final class InterruptedBuilder {
  private final NavigableMap<String, CallResult> steps = new TreeMap<>();
  private final NavigableMap<String, OpenCall> calls = new TreeMap<>();
  private final Map<String, Steering> queued = new LinkedHashMap<>();
  private final Map<String, List<Steering>> taken = new HashMap<>();
  private Optional<String> input = Optional.empty();
  private Optional<Shape> shape = Optional.empty();
  // By what is given up or completed; the calls under way come on top.
  private Spent spent = Spent.NOTHING;
  private long agentCalls;
  private long toolCalls;
  private boolean traced = true;
  // Whether the last segment has no end, or one that says that its process died.
  private boolean interrupted;

  /// Takes the next entry in.
  public void step(TimelineEntry entry) {
    switch (entry.event()) {
      case RunStarted started -> begin(started);
      case RunCompleted completed -> end(completed);
      case TimelineEvent.StepCompleted(var step, var result) ->
          result.ifPresent(value -> complete(step.path(), value));
      case TimelineEvent.AgentCall(var record, var path, var cost) ->
          path.ifPresentOrElse(place -> complete(place, record, cost), () -> traced = false);
      case TimelineEvent.SubAgentCall(var _, var path, var record, var cost) ->
          complete(path, record, cost);
      case TimelineEvent.SummaryMade(var _, var _, var further) -> spent = spent.plus(further);
      case TimelineEvent.ModelTurn(var turn) -> add(turn);
      case TimelineEvent.ToolCalled(var call) ->
          lastTurn(call.path())
              .ifPresent(turn -> turn.started.put(call.toolCallId(), call.arguments()));
      case TimelineEvent.ToolResult(var ended) -> end(ended);
      case UserInput said -> hear(said);
      case Steering steering -> queued.put(steering.id(), steering);
      case TimelineEvent.ConversationRetention _,
          TimelineEvent.StepStarted _,
          TimelineEvent.PermissionDecided _,
          TimelineEvent.ToolMutated _,
          TimelineEvent.AgentPartial _,
          TimelineEvent.SeqMark _,
          TimelineEvent.Other _ -> {}
    }
  }

  /// The interrupted segment; empty when the last one came to an end. A segment without an end
  /// counts as interrupted: nobody executes it who asks this.
  public Optional<Interrupted> build() {
    return interrupted
        ? Optional.of(
            new Interrupted(
                input,
                shape,
                new Recording(
                    steps,
                    below("", calls).calls(),
                    spent.plus(spentBy(calls)),
                    agentCalls,
                    toolCalls),
                unused(),
                traced))
        : Optional.empty();
  }

  private void begin(RunStarted started) {
    interrupted = true;
    if (!started.resumes()) {
      forget();
      input = started.initialInput();
      shape = started.shape();
    }
  }

  private void end(RunCompleted completed) {
    interrupted = completed.outcome().error().filter(RunError::meansInterrupted).isPresent();
    if (!interrupted) {
      forget();
    }
  }

  private void forget() {
    steps.clear();
    calls.clear();
    queued.clear();
    taken.clear();
    spent = Spent.NOTHING;
    agentCalls = 0;
    toolCalls = 0;
    traced = true;
  }

  private void complete(String path, CallResult result) {
    if (path.isEmpty()) {
      traced = false;
      return;
    }
    forgetBelow(path + "/");
    calls.remove(path);
    steps.put(path, result);
  }

  private void complete(String path, CallRecord record, Optional<BigDecimal> costUsd) {
    OpenCall call = call(path);
    spent = spent.plus(Spent.of(record.usage(), costUsd));
    agentCalls++;
    toolCalls += toolCalls(record);
    call.turns.clear();
    call.record = Optional.of(record);
    taken.remove(path);
  }

  private static long toolCalls(CallRecord record) {
    return record.responseMessages().stream()
        .flatMap(message -> message.content().asParts().stream())
        .filter(Part.ToolCall.class::isInstance)
        .count();
  }

  private void add(EngineEvent.ModelTurn turn) {
    OpenCall call = call(turn.path());
    List<Steering> used = taken.getOrDefault(turn.path(), List.of());
    taken.remove(turn.path());
    if (turn.index() == call.turns.size() && (turn.index() > 0 || turn.userMessage().isPresent())) {
      call.turns.add(new OpenTurn(turn, used.stream().map(Steering::text).toList()));
    }
  }

  private void end(EngineEvent.ToolEnded ended) {
    lastTurn(ended.path()).ifPresent(turn -> turn.results.put(ended.toolCallId(), ended.outcome()));
    forgetBelow(ToolCallContext.pathInside(ended.path(), ended.toolCallId()));
  }

  private void hear(UserInput said) {
    if (said.path().isEmpty()) {
      return;
    }
    if (said.steeringId().isEmpty()) {
      call(said.path().get()).answer = Optional.of(said.text());
      return;
    }
    Steering steering = new Steering(said.steeringId().get(), said.text());
    queued.remove(steering.id());
    // A resume gives out again what was taken and not used.
    taken.values().forEach(earlier -> earlier.remove(steering));
    taken.computeIfAbsent(said.path().get(), _ -> new ArrayList<>()).add(steering);
  }

  // What an agent took into a call of which nothing is recorded has not been used.
  private List<Steering> unused() {
    List<Steering> unused = new ArrayList<>();
    taken.values().forEach(unused::addAll);
    unused.addAll(queued.values());
    return unused;
  }

  private OpenCall call(String path) {
    return calls.computeIfAbsent(path, _ -> new OpenCall());
  }

  private Optional<OpenTurn> lastTurn(String path) {
    OpenCall call = calls.get(path);
    return call == null || call.turns.isEmpty()
        ? Optional.empty()
        : Optional.of(call.turns.getLast());
  }

  private void forgetBelow(String prefix) {
    startingWith(prefix, steps).clear();
    NavigableMap<String, OpenCall> inside = startingWith(prefix, calls);
    spent = spent.plus(spentBy(inside));
    inside.clear();
  }

  private static Spent spentBy(NavigableMap<String, OpenCall> underWay) {
    return underWay.values().stream()
        .flatMap(call -> call.turns.stream())
        .map(open -> open.turn.spent())
        .reduce(Spent.NOTHING, Spent::plus);
  }

  private static <V> NavigableMap<String, V> startingWith(
      String prefix, NavigableMap<String, V> all) {
    return all.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
  }

  /// The calls below a path, as seen from there.
  private static Recording below(String prefix, NavigableMap<String, OpenCall> all) {
    Map<String, RecordedCall> inside = new HashMap<>();
    startingWith(prefix, all)
        .forEach(
            (path, call) -> inside.put(path.substring(prefix.length()), call.recorded(path, all)));
    return new Recording(Map.of(), inside, Spent.NOTHING, 0, 0);
  }

  private static final class OpenCall {
    Optional<CallRecord> record = Optional.empty();
    Optional<String> answer = Optional.empty();
    final List<OpenTurn> turns = new ArrayList<>();

    RecordedCall recorded(String path, NavigableMap<String, OpenCall> all) {
      return new RecordedCall(
          record, answer, turns.stream().map(open -> open.recorded(path, all)).toList());
    }
  }

  private static final class OpenTurn {
    final EngineEvent.ModelTurn turn;
    final List<String> steering;
    final Map<String, String> started = new HashMap<>();
    final Map<String, EngineEvent.ToolOutcome> results = new HashMap<>();

    OpenTurn(EngineEvent.ModelTurn turn, List<String> steering) {
      this.turn = turn;
      this.steering = steering;
    }

    RecordedCall.RecordedTurn recorded(String path, NavigableMap<String, OpenCall> all) {
      Map<String, Recording> inside = new HashMap<>();
      for (String id : started.keySet()) {
        if (!results.containsKey(id)) {
          inside.put(id, below(ToolCallContext.pathInside(path, id), all));
        }
      }
      return new RecordedCall.RecordedTurn(turn, started, results, inside, steering);
    }
  }
}
