package com.commaagents.cli.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Which known word a mistyped one was meant to be.
public final class Suggestion {
  /// At most this many letters may be wrong.
  public static final int MAX_DISTANCE = 2;

  private Suggestion() {}

  /// The end of a message: `; did you mean X?`, or a full stop.
  public static String forWord(String word, Collection<String> known) {
    return closest(word, known).map(name -> "; did you mean `" + name + "`?").orElse(".");
  }

  public static Optional<String> closest(String word, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(word, name) <= Math.min(MAX_DISTANCE, name.length() / 2))
        .min(Comparator.comparingInt((String name) -> distance(word, name)));
  }

  // Source: Levenshtein's distance, one row at a time; case does not count.
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
