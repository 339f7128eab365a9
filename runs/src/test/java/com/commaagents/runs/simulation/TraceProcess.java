package com.commaagents.runs.simulation;

import java.nio.file.Path;

/// A process that plays some games and prints what stands for each.
final class TraceProcess {
  private TraceProcess() {}

  /// @param arguments the folder of the strategies, the first seed, the number of games
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[1]);
    for (long seed = first; seed < first + Integer.parseInt(arguments[2]); seed++) {
      IO.println(Game.play(seed, Path.of(arguments[0])).trace());
    }
  }
}
