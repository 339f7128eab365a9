package com.commaagents.cli.words;

import java.util.List;
import java.util.Set;

/// A table of text: columns as wide as their widest cell, but the last one, which is cut where the
/// terminal ends.
public final class Columns {
  private static final int GAP = 2;
  private static final int LEAST_LAST = 10;

  private Columns() {}

  /// Each row on a line with its end.
  ///
  /// @param rows of equal length; the first one is the heading
  /// @param right the columns whose cells stand to the right, such as numbers
  public static String text(List<List<String>> rows, Set<Integer> right, int width) {
    int last = rows.getFirst().size() - 1;
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < last; i++) {
        String padding = " ".repeat(widest(rows, i) - row.get(i).length());
        line.append(right.contains(i) ? padding + row.get(i) : row.get(i) + padding);
        line.append(" ".repeat(GAP));
      }
      line.append(cut(row.get(last), Math.max(LEAST_LAST, width - line.length())));
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
