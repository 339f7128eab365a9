package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
import java.util.List;

/// Something a client may do with a run at any moment; that it may be refused is part of the game.
///
/// @param weight how often it is chosen, compared with the others
record Action(String name, int weight, Move move) {
  /// Everything there is. A further one is a method of [Client] and a row here.
  static final List<Action> ALL =
      List.of(
          new Action("prepare", 5, Client::prepare),
          new Action("prepare what cannot be loaded", 1, Client::prepareBroken),
          new Action("prepare a continuation", 4, Client::prepareContinuation),
          new Action("start", 6, Client::start),
          new Action("continue", 5, Client::continueRun),
          new Action("resume", 3, Client::resume),
          new Action("stop", 3, Client::stop),
          new Action("delete", 2, Client::delete),
          new Action("answer", 9, Client::answer),
          new Action("steer", 4, Client::steer),
          new Action("update policy", 1, Client::updatePolicy),
          new Action("follow", 2, Client::follow),
          new Action("come back", 4, Client::comeBack),
          new Action("attach", 4, Client::attach),
          new Action("leave", 2, Client::leave),
          new Action("vanish", 2, Client::vanish),
          new Action("await the end", 1, Client::awaitEnd),
          new Action("pass a moment", 4, Client::passMoment),
          new Action("pass a long time", 1, Client::passLongTime));

  private static final int WEIGHT = ALL.stream().mapToInt(Action::weight).sum();

  interface Move {
    void make(Client client, RunId run) throws InterruptedException;
  }

  static Action choose(Chance chance) {
    int left = chance.below(WEIGHT);
    for (Action action : ALL) {
      left -= action.weight();
      if (left < 0) {
        return action;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }
}
