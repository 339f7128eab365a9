package com.commaagents.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// One of the branches that run in parallel, and whom it has to let go first.
///
/// An agent is called one call at a time, in file order: a branch may call it once every earlier
/// branch that may call it too has ended. A branch waits only for earlier ones, so there is no
/// deadlock. Thread-safe.
final class Lane {
  private final Optional<Lane> parent;
  private final Set<String> agents;
  private final List<Lane> earlier;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Lane(Optional<Lane> parent, Set<String> agents, List<Lane> earlier) {
    this.parent = parent;
    this.agents = agents;
    this.earlier = earlier;
  }

  /// The lane of a run's root flow, which waits for nobody.
  static Lane root() {
    return new Lane(Optional.empty(), Set.of(), List.of());
  }

  /// The lanes of branches within this one.
  ///
  /// @param agents of each branch, the agents it may call
  List<Lane> split(List<Set<String>> agents) {
    List<Lane> lanes = new ArrayList<>();
    for (Set<String> some : agents) {
      lanes.add(new Lane(Optional.of(this), some, List.copyOf(lanes)));
    }
    return lanes;
  }

  /// Waits until an agent may be called here.
  void await(String agent) throws InterruptedException {
    for (Lane lane : earlier) {
      if (lane.agents.contains(agent)) {
        lane.ended.await();
      }
    }
    if (parent.isPresent()) {
      parent.get().await(agent);
    }
  }

  void end() {
    ended.countDown();
  }
}
