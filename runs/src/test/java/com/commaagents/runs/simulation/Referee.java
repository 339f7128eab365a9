package com.commaagents.runs.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Writes the game down, counts what happened, and keeps the first thing that must not have.
///
/// It never throws into the run system: what it finds is asked for after every step.
final class Referee {
  private static final boolean SHOWN = Boolean.getBoolean("runs.simulation.shown");

  private final Map<String, Integer> happened = new TreeMap<>();
  private Optional<String> foul = Optional.empty();
  private long hash = 1;
  private long steps;

  /// Something that has to come again in the same place with the same seed.
  void note(String what) {
    for (int i = 0; i < what.length(); i++) {
      hash = hash * 1_099_511_628_211L + what.charAt(i);
    }
    if (SHOWN) {
      IO.println(steps + " " + what);
    }
  }

  /// Something that should happen in some game.
  void count(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  void require(boolean holds, Supplier<String> otherwise) {
    if (!holds && foul.isEmpty()) {
      foul = Optional.of("step " + steps + ": " + otherwise.get());
    }
  }

  void foul(String what, Throwable why) {
    if (foul.isEmpty()) {
      foul = Optional.of("step " + steps + ": " + what + ": " + why);
      if (SHOWN) {
        why.printStackTrace();
      }
    }
  }

  /// One more step was made.
  void step() {
    steps++;
    endOnFoul();
  }

  void endOnFoul() {
    foul.ifPresent(what -> {
      throw new AssertionError(what);
    });
  }

  long steps() {
    return steps;
  }

  /// What stands for the whole course of the game.
  String trace() {
    return Long.toHexString(hash) + "-" + steps;
  }

  Map<String, Integer> happened() {
    return happened;
  }
}
