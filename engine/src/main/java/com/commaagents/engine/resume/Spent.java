package com.commaagents.engine.resume;

import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.TurnEnd;
import java.util.List;
import java.util.Optional;

/// What an interrupted segment has spent.
///
/// @param usage all its tokens
/// @param roundTrips what they were spent on
/// @param traced whether the round-trips are all of it
public record Spent(Usage usage, List<RoundTrip> roundTrips, boolean traced) {
  public static final Spent NOTHING = new Spent(Usage.NONE, List.of(), true);

  public Spent {
    roundTrips = List.copyOf(roundTrips);
  }

  /// One round-trip with a model.
  ///
  /// @param agentName whose model it was; empty for an agent of a launched strategy
  public record RoundTrip(Optional<String> agentName, TurnEnd end) {}
}
