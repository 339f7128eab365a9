package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.runs.KeptRuns;
import com.commaagents.cli.runs.RunColumns;
import com.commaagents.cli.runs.RunRow;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.cli.words.Size;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shows runs, asks, and deletes them.
///
/// @param agreed nobody is asked
/// @param onlyShown nothing is deleted
record RunDeletion(
    KeptRuns runs, Terminal terminal, RunColumns columns, boolean agreed, boolean onlyShown) {
  /// @return the exit code: failed when one of them could not be deleted
  int delete(List<RunRow> rows) throws InterruptedException {
    terminal.out(columns.text(rows));
    if (onlyShown) {
      terminal.out("Would delete " + counted(rows) + ".\n");
      return ExitCode.DONE;
    }
    if (!agreed && !isAgreedTo(rows)) {
      terminal.out("Nothing is deleted.\n");
      return ExitCode.DONE;
    }
    int failed = 0;
    long bytes = 0;
    for (RunRow row : rows) {
      if (isDeleted(row)) {
        bytes += row.bytes().orElse(0);
      } else {
        failed++;
      }
    }
    terminal.out("Deleted %s, %s.\n".formatted(counted(rows.size() - failed), Size.shown(bytes)));
    return failed == 0 ? ExitCode.DONE : ExitCode.RUN_FAILED;
  }

  private boolean isAgreedTo(List<RunRow> rows) {
    if (!terminal.interactive()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "Nobody can be asked here: --yes deletes " + counted(rows) + ".");
    }
    terminal.out("Delete " + counted(rows) + "? There is no way back. [y/N] ");
    try {
      Optional<String> answer = terminal.readLine();
      return answer
          .map(line -> line.strip().toLowerCase(Locale.ROOT))
          .filter(line -> line.equals("y") || line.equals("yes"))
          .isPresent();
    } catch (IOException closed) {
      return false;
    }
  }

  private boolean isDeleted(RunRow row) throws InterruptedException {
    try {
      runs.delete(row.runId());
      return true;
    } catch (Fault refused) {
      if (refused.code() == FaultCode.UPSTREAM) {
        throw refused;
      }
      terminal.err(refused.message());
      return false;
    }
  }

  private static String counted(List<RunRow> rows) {
    long bytes = rows.stream().mapToLong(row -> row.bytes().orElse(0)).sum();
    return counted(rows.size()) + ", " + Size.shown(bytes);
  }

  private static String counted(int runs) {
    return runs + (runs == 1 ? " run" : " runs");
  }
}
