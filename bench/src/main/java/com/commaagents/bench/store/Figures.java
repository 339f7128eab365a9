package com.commaagents.bench.store;

import java.util.Arrays;

/// What several rounds of a measurement come to: their medians.
public final class Figures {
  private Figures() {}

  /// The middle of some numbers; of an even count the upper one of the two.
  public static double median(double... values) {
    return percentile(values, 50);
  }

  /// The value that so many percent of the others do not exceed.
  public static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
