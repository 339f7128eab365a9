package com.commaagents.runs.timeline;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent.ModelTurn;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.resume.Spent;
import com.commaagents.engine.resume.Spent.RoundTrip;
import com.commaagents.engine.tool.ToolCallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sums what a segment has spent, round-trip by round-trip. Not thread-safe.
final class SpentBuilder {
  private final List<RoundTrip> roundTrips = new ArrayList<>();
  private Usage usage = Usage.NONE;
  private boolean traced = true;

  /// The round-trips of a call that is under way, or is given up.
  SpentBuilder add(List<ModelTurn> turns) {
    for (ModelTurn turn : turns) {
      add(
          turn.path(),
          turn.agentName(),
          new TurnEnd(turn.finishReason(), turn.usage(), turn.contextUsage()));
    }
    return this;
  }

  /// A completed call: its last round-trip is what its record has beside those before it.
  ///
  /// @param turns those before
  void add(String path, CallRecord record, List<ModelTurn> turns) {
    add(turns);
    Usage before = turns.stream().map(ModelTurn::usage).reduce(Usage.NONE, Usage::plus);
    Usage last =
        new Usage(
            Math.max(0, record.usage().promptTokens() - before.promptTokens()),
            Math.max(0, record.usage().completionTokens() - before.completionTokens()));
    if (last.total() > 0 && record.contextUsage().isEmpty()) {
      // An agent of an added type has spent it in a way of its own.
      usage = usage.plus(last);
      traced = false;
    } else {
      add(
          path,
          record.agentName(),
          new TurnEnd(record.finishReason(), last, record.contextUsage()));
    }
  }

  /// Something was spent that nobody has kept.
  void addUntraced() {
    traced = false;
  }

  private void add(String path, String agentName, TurnEnd end) {
    usage = usage.plus(end.usage());
    if (end.usage().total() > 0) {
      boolean launched = ToolCallContext.isInside(path);
      roundTrips.add(new RoundTrip(Optional.of(agentName).filter(_ -> !launched), end));
    }
  }

  SpentBuilder copy() {
    SpentBuilder copy = new SpentBuilder();
    copy.roundTrips.addAll(roundTrips);
    copy.usage = usage;
    copy.traced = traced;
    return copy;
  }

  Spent build() {
    return new Spent(usage, roundTrips, traced);
  }

  void clear() {
    roundTrips.clear();
    usage = Usage.NONE;
    traced = true;
  }
}
