package com.commaagents.strategy.source;

/// Counts what a reader builds and stops it at the limits.
final class Budget {
  private int nodes;

  /// Room for `count` more values that begin at `at`.
  void spend(int count, Position at) {
    nodes += count;
    if (nodes > SourceReader.MAX_NODES) {
      throw new MalformedText(
          at, "more than " + SourceReader.MAX_NODES + " values, aliases counted as what they name");
    }
  }

  int spent() {
    return nodes;
  }

  /// A list or an object that begins at `at` and holds `depth - 1` levels above it.
  void descend(int depth, Position at) {
    if (depth > SourceReader.MAX_DEPTH) {
      throw new MalformedText(
          at, "lists and objects are nested more than " + SourceReader.MAX_DEPTH + " deep");
    }
  }
}
