package com.commaagents.runs;

import com.commaagents.engine.limit.RunLimits;
import java.nio.file.Path;
import java.util.Optional;

/// What to prepare.
///
/// @param runId the id of a finished run to continue, or the id a new run shall have; empty: a new
///   run with a new id
/// @param strategyPath JSON, JSONC or YAML file, relative to `cwd`; required for a new run, of a
///   continuation the one it had last
/// @param modelOverride `provider/model` for every LLM agent
/// @param cwd the folder the run works in; default: that of the run's last segment, else the run
///   system's
/// @param manifestPath project manifest, relative to `cwd`
/// @param limits what the segment may come to; those of an earlier segment do not hold
public record PrepareRunOptions(
    Optional<String> runId,
    Optional<String> strategyPath,
    Optional<String> modelOverride,
    Optional<String> cwd,
    Optional<String> manifestPath,
    RunLimits limits) {

  /// Without limits.
  public PrepareRunOptions(
      Optional<String> runId,
      Optional<String> strategyPath,
      Optional<String> modelOverride,
      Optional<String> cwd,
      Optional<String> manifestPath) {
    this(runId, strategyPath, modelOverride, cwd, manifestPath, RunLimits.NONE);
  }

  /// A new run of a strategy.
  public static PrepareRunOptions of(Path strategyPath) {
    return new PrepareRunOptions(
        Optional.empty(),
        Optional.of(strategyPath.toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// A finished run, for a further prompt.
  public static PrepareRunOptions continuing(String runId) {
    return new PrepareRunOptions(
        Optional.of(runId), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public PrepareRunOptions withModelOverride(String model) {
    return new PrepareRunOptions(
        runId, strategyPath, Optional.of(model), cwd, manifestPath, limits);
  }

  public PrepareRunOptions withCwd(Path folder) {
    return new PrepareRunOptions(
        runId, strategyPath, modelOverride, Optional.of(folder.toString()), manifestPath, limits);
  }

  public PrepareRunOptions withLimits(RunLimits bounds) {
    return new PrepareRunOptions(runId, strategyPath, modelOverride, cwd, manifestPath, bounds);
  }
}
