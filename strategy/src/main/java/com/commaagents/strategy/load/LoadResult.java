package com.commaagents.strategy.load;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Strategy;
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
      String fileName = Shown.path(file.getFileName() == null ? file : file.getFileName());
      String lines =
          problems.stream()
              .map(problem -> "\n  - " + problem.describe(fileName))
              .collect(Collectors.joining());
      return headline + lines + (omitted == 0 ? "" : "\n  … and " + omitted + " more");
    }

    public Fault asFault() {
      return new Fault(code, message());
    }
  }
}
