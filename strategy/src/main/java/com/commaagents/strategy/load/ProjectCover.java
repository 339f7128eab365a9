package com.commaagents.strategy.load;

import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.installed.InstalledPackages;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.load.StrategyNeeds.Need;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds a strategy to the permissions of every project it lies in: a manifest further down cannot
/// grant what one further up does not. A manifest that cannot be read permits nothing.
///
/// One of a package runs code only where that package is approved, reads no prompt from outside of
/// it, and uses MCP servers of others only as far as its manifest permits it its own.
final class ProjectCover {
  private final Path file;
  private final Strategy strategy;
  private final List<Need> needs;
  private final List<Need> needsOfOthers;

  private ProjectCover(Path file, Strategy strategy, Available available) {
    this.file = file;
    this.strategy = strategy;
    this.needs = StrategyNeeds.of(strategy);
    this.needsOfOthers = StrategyNeeds.ofOtherServers(strategy, available);
  }

  /// Why the strategy cannot be run; empty where it can.
  ///
  /// @param packages empty where nothing is a package
  static Optional<Rejected> refusal(
      Path file, Strategy strategy, Available available, Optional<InstalledPackages> packages) {
    ProjectCover cover = new ProjectCover(file, strategy, available);
    try {
      Path real = file.toRealPath();
      Path folder = real.getParent();
      while (folder != null) {
        Optional<Rejected> refusal = cover.by(folder.resolve(Project.FILE_NAME), cover.needs);
        if (refusal.isPresent()) {
          return refusal;
        }
        folder = folder.getParent();
      }
      return packages.flatMap(
          known -> known.around(real).flatMap(place -> cover.asPackage(place, known)));
    } catch (IOException gone) {
      return Optional.of(
          cover.rejected(FaultCode.PERSISTENCE, "Strategy file is gone: " + Shown.path(file)));
    }
  }

  /// Why a manifest, wherever it lies, does not let the strategy be run; empty where it does.
  static Optional<Rejected> refusalBy(Path manifest, Strategy strategy) {
    ProjectCover cover = new ProjectCover(strategy.file(), strategy, Available.NOT_CHECKED);
    return cover.by(manifest, cover.needs);
  }

  private Optional<Rejected> by(Path manifest, List<Need> needs) {
    if (!Files.exists(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return switch (ProjectLoader.check(manifest)) {
      case ProjectResult.Refused(Rejected reason) -> Optional.of(reason);
      case ProjectResult.Read(Project project) ->
          uncovered(needs, project.permissions())
              .map(use ->
                  rejected(
                      FaultCode.INVALID_INPUT,
                      "Not permitted by its project: "
                          + Shown.path(file)
                          + ": "
                          + use
                          + " in the permissions of "
                          + Shown.path(manifest)));
    };
  }

  private static Optional<String> uncovered(List<Need> needs, Permissions permissions) {
    return needs.stream()
        .map(need -> new Missing(need.what(), permissions.missingFor(need.permissions())))
        .filter(missing -> !missing.permissions().isEmpty())
        .map(missing -> missing.what() + " needs " + String.join(", ", missing.permissions()))
        .findFirst();
  }

  private record Missing(String what, List<String> permissions) {}

  private Optional<Rejected> asPackage(Path place, InstalledPackages packages) {
    return Stream.concat(needs.stream(), needsOfOthers.stream())
        .filter(need -> need.permissions().runsCode())
        .findFirst()
        .flatMap(need ->
            packages
                .codeRefusal(place)
                .map(why ->
                    rejected(
                        FaultCode.INVALID_INPUT,
                        "The package may not run code: "
                            + Shown.path(file)
                            + ": "
                            + need.what()
                            + ": "
                            + why)))
        .or(() -> by(place.resolve(Project.FILE_NAME), needsOfOthers))
        .or(() -> foreignPrompt(place));
  }

  private Optional<Rejected> foreignPrompt(Path place) {
    return strategy.agents().entrySet().stream()
        .filter(agent -> readsOutside(agent, place))
        .findFirst()
        .map(agent ->
            rejected(
                FaultCode.INVALID_INPUT,
                "The prompt file of agent "
                    + Shown.quoted(agent.getKey())
                    + " leads out of the package: "
                    + Shown.path(file)));
  }

  private boolean readsOutside(Entry<String, AgentDefinition> agent, Path place) {
    if (!(agent.getValue() instanceof AgentDefinition.Llm llm)) {
      return false;
    }
    String text =
        switch (llm.systemPrompt()) {
          case SystemPrompt.None _ -> "";
          case SystemPrompt.Text(String written) -> written;
          case SystemPrompt.Template(String written, _) -> written;
        };
    try {
      return PromptBinder.namesFile(text)
          && !strategy.file().resolveSibling(text).toRealPath().startsWith(place);
    } catch (IOException gone) {
      // It was there when the strategy was read; what is not there is not read either.
      return true;
    }
  }

  private Rejected rejected(FaultCode code, String headline) {
    return new Rejected(file, code, headline, List.of(), 0);
  }
}
