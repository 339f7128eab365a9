package com.commaagents.strategy.load;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.wording.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What loading a file gave.
public sealed interface LoadResult {
  record Loaded(Strategy strategy) implements LoadResult {}

  /// The file cannot be run as it is.
  ///
  /// @param file as it was asked for
  /// @param headline what is wrong with the file as a whole
  /// @param problems in the order of the file; empty where the headline says it all
  /// @param omitted how many problems more there are than `problems` has room for
  record Rejected(Path file, FaultCode code, String headline, List<Problem> problems, int omitted)
      implements LoadResult {
    public Rejected {
      problems = List.copyOf(problems);
    }

    /// The headline, and a line for each problem.
    public String message() {
      String fileName = fileName();
      String lines =
          problems.stream()
              .map(problem -> "\n  - " + problem.describe(fileName))
              .collect(Collectors.joining());
      return headline + lines + (omitted == 0 ? "" : "\n  … and " + omitted + " more");
    }

    /// The headline and the first problem, on one line.
    public String summary() {
      return problems.isEmpty()
          ? headline
          : headline + ": " + problems.getFirst().describe(fileName());
    }

    public Fault asFault() {
      return new Fault(code, message());
    }

    private String fileName() {
      return Shown.path(file.getFileName() == null ? file : file.getFileName());
    }
  }
}
