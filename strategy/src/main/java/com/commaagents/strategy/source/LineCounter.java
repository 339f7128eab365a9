package com.commaagents.strategy.source;

/// Turns offsets of a text into lines and columns.
///
/// Offsets are asked for in ascending order: a text is passed over once, however long its lines.
final class LineCounter {
  private final String text;
  private int offset;
  private int line = 1;
  private int column = 1;

  LineCounter(String text) {
    this.text = text;
  }

  /// @param target an offset in UTF-16 units, not before the one asked for last
  Position positionOf(int target) {
    if (target < offset) {
      throw new IllegalArgumentException("positions are asked for in reading order");
    }
    while (offset < target) {
      advance(text.charAt(offset));
      offset++;
    }
    return new Position(line, column);
  }

  private void advance(char passed) {
    boolean endsLine = passed == '\n' || (passed == '\r' && !isNewline(offset + 1));
    if (endsLine) {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(passed) && passed != '\r') {
      column++;
    }
  }

  private boolean isNewline(int index) {
    return index < text.length() && text.charAt(index) == '\n';
  }
}
