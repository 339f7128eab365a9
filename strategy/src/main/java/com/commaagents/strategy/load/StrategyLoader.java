package com.commaagents.strategy.load;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.installed.CodeApprovals;
import com.commaagents.strategy.installed.InstalledPackages;
import com.commaagents.strategy.load.LoadResult.Loaded;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.wording.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Loads strategy files: `.json`, `.jsonc`, `.yaml`, `.yml`.
///
/// All problems of a file are reported at once, the first 50 with their text. What is in a file
/// that is no strategy is never told: a path may lead to anybody's secrets. A value is named only
/// where it is a name that refers to something (an agent, a tool, a type), never where it may be a
/// secret. A strategy in a project's folder is held to the project's permissions, however it was
/// found, and in a package's folder to what its owner has approved. Limits of a file:
/// [com.commaagents.strategy.source.SourceReader]. Thread-safe; reads the disk, keeps nothing.
public final class StrategyLoader {
  private final Optional<InstalledPackages> packages;

  /// For strategies of which none is of a package.
  public StrategyLoader() {
    packages = Optional.empty();
  }

  /// @param dataFolder in which the packages lie
  public StrategyLoader(Path dataFolder) {
    packages = Optional.of(new InstalledPackages(dataFolder, new CodeApprovals(dataFolder)));
  }

  /// The strategy of a file, ready to run.
  ///
  /// @param file absolute, or relative to the working directory of the process
  /// @throws Fault `NOT_FOUND`: no such file; `PERSISTENCE`: the disk does not give it;
  ///   `INVALID_INPUT`: anything in the file or its name, all problems in one message
  public Strategy load(Path file, LoadRequest request) {
    return switch (check(file, request)) {
      case Loaded(Strategy strategy) -> strategy;
      case Rejected rejected -> throw rejected.asFault();
    };
  }

  /// As [#load], with what is wrong as a value.
  public LoadResult check(Path file, LoadRequest request) {
    return switch (StrategyFile.read(file)) {
      case StrategyFile.Absent(Rejected reason) -> reason;
      case StrategyFile.Content(Parsed(SourceNode root), _) -> bind(file, root, request);
      case StrategyFile.Content(Malformed malformed, SourceFormat format) ->
          malformed(file, format, malformed);
    };
  }

  /// Holds a strategy to the permissions of a manifest that need not lie above it.
  ///
  /// @throws Fault `NOT_FOUND`: there is no such manifest; `INVALID_INPUT`: it is wrong, or does
  ///   not permit what the strategy needs; `PERSISTENCE`: the disk does not give it
  public void requirePermitted(Strategy strategy, Path manifest) {
    if (!Files.exists(manifest)) {
      throw new Fault(FaultCode.NOT_FOUND, "Project manifest not found: " + Shown.path(manifest));
    }
    ProjectCover.refusalBy(manifest, strategy)
        .ifPresent(refusal -> {
          throw refusal.asFault();
        });
  }

  private static LoadResult malformed(Path file, SourceFormat format, Malformed malformed) {
    return new Rejected(
        file,
        FaultCode.INVALID_INPUT,
        "Failed to parse strategy " + format + ": " + Shown.path(file),
        List.of(new Problem(malformed.at(), "", malformed.message())),
        0);
  }

  private LoadResult bind(Path file, SourceNode root, LoadRequest request) {
    if (!StrategyBinder.isStrategy(root)) {
      return new Rejected(
          file,
          FaultCode.INVALID_INPUT,
          "Not a strategy: " + Shown.path(file),
          List.of(
              new Problem(
                  root.at(), "", "expected an object with the fields name, version, agents, flow")),
          0);
    }
    Problems problems = new Problems();
    Optional<Strategy> strategy = new StrategyBinder(file, request, problems).bind(root);
    return strategy
        .map(read ->
            ProjectCover.refusal(file, read, request.available(), packages)
                .<LoadResult>map(no -> no)
                .orElse(new Loaded(read)))
        .orElseGet(() -> invalid(file, problems));
  }

  private static Rejected invalid(Path file, Problems problems) {
    String count = problems.count() == 1 ? "1 problem" : problems.count() + " problems";
    return new Rejected(
        file,
        FaultCode.INVALID_INPUT,
        "Strategy validation failed: " + Shown.path(file) + " has " + count,
        problems.list(),
        problems.omitted());
  }
}
