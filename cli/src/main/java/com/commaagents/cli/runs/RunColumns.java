package com.commaagents.cli.runs;

import com.commaagents.cli.run.Style;
import com.commaagents.cli.words.Age;
import com.commaagents.cli.words.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Runs in columns. Ids are whole, whatever the width; what is cut is the name of the strategy and
/// the end of the folder that is shown where there is room for it.
public final class RunColumns {
  // Where a cell stands in its row.
  private static final int NAME = 4;
  private static final int FOLDER = 5;
  private static final int GAP = 2;
  private static final int LEAST_NAME = 8;
  private static final int MOST_NAME = 24;
  private static final int LEAST_FOLDER = 12;

  private final int columns;
  private final Instant now;

  /// @param columns how wide the terminal is
  public RunColumns(int columns, Instant now) {
    this.columns = columns;
    this.now = now;
  }

  /// A heading and a line for each run, each with its line end.
  public String text(List<RunRow> runs) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("RUN", "STATUS", "AGE", "SIZE", "STRATEGY", "FOLDER"));
    runs.forEach(run -> table.add(cells(run)));
    int fixed = 0;
    for (int i = 0; i < NAME; i++) {
      fixed += width(table, i) + GAP;
    }
    int room = Math.max(LEAST_NAME, columns - fixed);
    int name = Math.min(width(table, NAME), room);
    StringBuilder text = new StringBuilder();
    table.forEach(row -> text.append(line(row, table, name, room - name - GAP)).append('\n'));
    return text.toString();
  }

  private List<String> cells(RunRow run) {
    return List.of(
        run.runId().value(),
        run.status(),
        Age.shown(Duration.between(run.startedAt(), now)),
        run.bytes().isPresent() ? Size.shown(run.bytes().getAsLong()) : "?",
        Style.brief(run.strategyName(), MOST_NAME),
        Style.clean(run.cwd()).replace('\n', ' '));
  }

  private static String line(List<String> row, List<List<String>> table, int name, int folder) {
    String strategy = Style.brief(row.get(NAME), name);
    return left(row.get(0), width(table, 0))
        + left(row.get(1), width(table, 1))
        + right(row.get(2), width(table, 2))
        + right(row.get(3), width(table, 3))
        + (folder < LEAST_FOLDER ? strategy : left(strategy, name) + end(row.get(FOLDER), folder));
  }

  private static int width(List<List<String>> table, int column) {
    return table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()) + GAP);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text + " ".repeat(GAP);
  }

  // Of a path the end says most.
  private static String end(String path, int width) {
    return path.length() <= width ? path : "…" + path.substring(path.length() - width + 1);
  }
}
