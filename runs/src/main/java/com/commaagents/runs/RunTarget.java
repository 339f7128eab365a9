package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// What a run is of, and where it works: as the request says, else as the run did last.
record RunTarget(
    Path strategyPath, Path cwd, Optional<String> manifestPath, Optional<String> modelOverride) {

  /// @throws Fault `NOT_FOUND` where neither says what is to be run; `INVALID_INPUT` for a path
  ///   that is none
  static RunTarget of(
      RunId runId, PrepareRunOptions request, History history, RunSystemOptions options) {
    Optional<RunStarted> last = history.latestStart();
    Path cwd =
        request
            .cwd()
            .or(() -> last.map(RunStarted::cwd))
            .map(folder -> resolve(options.cwd(), folder, "cwd"))
            .orElse(options.cwd());
    String strategyPath =
        request
            .strategyPath()
            .or(() -> last.map(RunStarted::strategyPath))
            .orElseThrow(() -> new Fault(FaultCode.NOT_FOUND, "Run not found: " + runId));
    Optional<String> manifestPath =
        request
            .manifestPath()
            .or(() -> last.flatMap(RunStarted::manifestPath))
            .map(path -> resolve(cwd, path, "manifestPath").toString());
    Optional<String> modelOverride =
        request
            .modelOverride()
            .or(() -> last.flatMap(RunStarted::modelOverride))
            .or(options::modelOverride);
    return new RunTarget(
        resolve(cwd, strategyPath, "strategyPath"), cwd, manifestPath, modelOverride);
  }

  private static Path resolve(Path base, String path, String field) {
    try {
      return base.resolve(path).normalize();
    } catch (InvalidPathException notAPath) {
      throw new Fault(
          FaultCode.INVALID_INPUT, field + ": not a path: " + notAPath.getReason(), notAPath);
    }
  }
}
