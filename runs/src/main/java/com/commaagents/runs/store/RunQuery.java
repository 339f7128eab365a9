package com.commaagents.runs.store;

import com.commaagents.runs.lifecycle.RunStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Which runs a list shows. All conditions hold at once; an empty one holds always.
///
/// @param cwd exactly this folder
/// @param text stands somewhere in id, strategy name, strategy path or folder, in any case
/// @param before the id of a run: only those that stand behind it in the list
/// @param limit how many at most
public record RunQuery(
    Optional<String> cwd,
    Optional<RunStatus> status,
    Optional<String> text,
    Optional<String> before,
    OptionalLong limit) {
  /// Every run.
  public static final RunQuery ALL =
      new RunQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());

  public RunQuery {
    if (limit.orElse(0) < 0) {
      throw new IllegalArgumentException("a limit is not negative");
    }
  }

  /// Whether a run fits, wherever it stands in the list.
  boolean fits(RunOverview run) {
    return (cwd.isEmpty() || cwd.get().equals(run.cwd()))
        && (status.isEmpty() || status.get() == run.status())
        && (text.isEmpty() || mentions(run, text.get()));
  }

  private static boolean mentions(RunOverview run, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return contains(run.runId().value(), wanted)
        || contains(run.strategyName(), wanted)
        || contains(run.strategyPath(), wanted)
        || contains(run.cwd(), wanted);
  }

  private static boolean contains(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
