package com.commaagents.strategy.wording;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that somebody probably meant.
public final class NearNames {
  /// Longer names are not compared: the work grows with the square.
  private static final int MAX_LENGTH = 60;

  /// How many names are compared at most.
  private static final int MAX_CANDIDATES = 200;

  /// How many names a message lists at most.
  private static final int MAX_LISTED = 20;

  private record Candidate(String name, int distance) {}

  private NearNames() {}

  /// `did you mean "model"?`, or what there is to choose from.
  public static String hint(String name, Collection<String> candidates, String whatThereIs) {
    return nearest(name, candidates)
        .map(near -> "did you mean " + Shown.quoted(near) + "?")
        .orElseGet(() -> candidates.isEmpty() ? "there are none" : whatThereIs + list(candidates));
  }

  public static Optional<String> nearest(String name, Collection<String> candidates) {
    int tolerance = Math.max(1, name.length() / 3);
    return candidates.stream()
        .sorted()
        .limit(MAX_CANDIDATES)
        .filter(candidate -> isComparable(name) && isComparable(candidate))
        .map(candidate -> new Candidate(candidate, distance(fold(name), fold(candidate))))
        .filter(candidate -> candidate.distance() <= tolerance)
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::name);
  }

  private static String list(Collection<String> names) {
    String listed =
        String.join(", ", names.stream().sorted().limit(MAX_LISTED).map(Shown::bare).toList());
    return names.size() > MAX_LISTED ? listed + ", …" : listed;
  }

  private static boolean isComparable(String name) {
    return !name.isEmpty() && name.length() <= MAX_LENGTH;
  }

  /// `break_cycle-signals` and `breakCycleSignals` are one name to whoever mistypes it.
  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// Insertions, deletions, replacements and swaps of neighbours from one text to the other.
  ///
  /// Source: optimal string alignment, the restricted edit distance of Damerau and Levenshtein.
  private static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        cost[row][column] = cell(cost, from, to, row, column);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cell(int[][] cost, String from, String to, int row, int column) {
    if (row == 0 || column == 0) {
      return row + column;
    }
    int replaced =
        cost[row - 1][column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[row - 1][column], cost[row][column - 1]));
    boolean swapped =
        row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1);
    return swapped ? Math.min(best, 1 + cost[row - 2][column - 2]) : best;
  }
}
