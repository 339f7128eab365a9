package com.commaagents.strategy.source;

import java.util.Comparator;

/// A place in a text.
///
/// @param line from 1
/// @param column from 1, in Unicode code points, so that it is where an editor shows it
public record Position(int line, int column) implements Comparable<Position> {
  /// Where every text begins.
  public static final Position START = new Position(1, 1);

  private static final Comparator<Position> READING_ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns count from 1");
    }
  }

  @Override
  public int compareTo(Position other) {
    return READING_ORDER.compare(this, other);
  }

  /// As compilers write it: `3:14`.
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
