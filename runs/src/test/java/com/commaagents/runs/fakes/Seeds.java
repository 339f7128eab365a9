package com.commaagents.runs.fakes;

/// Where a randomized test begins: the same in every build, unless a system property says
/// otherwise. A test names its seed when it fails.
public final class Seeds {
  private Seeds() {}

  public static long of(String property, long usual) {
    return Long.getLong(property, usual);
  }

  /// How often a randomized test is to be run.
  public static int rounds(String property, int usual) {
    return Integer.getInteger(property, usual);
  }
}
