package com.commaagents.strategy.load;

import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/// Holds a strategy to the permissions of every project it lies in: a manifest further down cannot
/// grant what one further up does not. A manifest that cannot be read permits nothing.
final class ProjectCover {
  private static final Permissions CODE = new Permissions(false, Filesystem.NONE, false, true);
  private static final Permissions NETWORK = new Permissions(true, Filesystem.NONE, false, false);

  private ProjectCover() {}

  /// Why the strategy cannot be run; empty where it can.
  static Optional<Rejected> refusal(Path file, Strategy strategy) {
    try {
      Path folder = file.toRealPath().getParent();
      while (folder != null) {
        Optional<Rejected> refusal = by(folder.resolve(Project.FILE_NAME), file, strategy);
        if (refusal.isPresent()) {
          return refusal;
        }
        folder = folder.getParent();
      }
      return Optional.empty();
    } catch (IOException gone) {
      return Optional.of(
          rejected(file, FaultCode.PERSISTENCE, "Strategy file is gone: " + Shown.path(file)));
    }
  }

  private static Optional<Rejected> by(Path manifest, Path file, Strategy strategy) {
    if (!Files.exists(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return switch (ProjectLoader.check(manifest)) {
      case ProjectResult.Refused(Rejected reason) -> Optional.of(reason);
      case ProjectResult.Read(Project project) ->
          uncovered(strategy, project.permissions())
              .map(use ->
                  rejected(
                      file,
                      FaultCode.INVALID_INPUT,
                      "Not permitted by its project: "
                          + Shown.path(file)
                          + ": "
                          + use
                          + " in the permissions of "
                          + Shown.path(manifest)));
    };
  }

  private static Rejected rejected(Path file, FaultCode code, String headline) {
    return new Rejected(file, code, headline, List.of(), 0);
  }

  private static Optional<String> uncovered(Strategy strategy, Permissions permissions) {
    for (var server : strategy.mcpServers().entrySet()) {
      List<String> missing =
          permissions.missingFor(server.getValue().has("command") ? CODE : NETWORK);
      if (!missing.isEmpty()) {
        return Optional.of(needs("MCP server", server.getKey(), missing));
      }
    }
    return strategy.agents().entrySet().stream()
        .flatMap(agent -> uncovered(agent, permissions).stream())
        .findFirst();
  }

  private static Optional<String> uncovered(
      Entry<String, AgentDefinition> agent, Permissions permissions) {
    return switch (agent.getValue()) {
      case AgentDefinition.User _ -> Optional.empty();
      case AgentDefinition.Custom _ ->
          Optional.of(permissions.missingFor(CODE))
              .filter(missing -> !missing.isEmpty())
              .map(missing -> needs("agent", agent.getKey(), missing));
      case AgentDefinition.Llm llm ->
          llm.tools().stream()
              .flatMap(tool ->
                  Optional.of(permissions.missingFor(Permissions.neededBy(tool)))
                      .filter(missing -> !missing.isEmpty())
                      .map(missing ->
                          "agent "
                              + Shown.quoted(agent.getKey())
                              + ": "
                              + needs("tool", tool, missing))
                      .stream())
              .findFirst();
    };
  }

  private static String needs(String what, String name, List<String> missing) {
    return what + " " + Shown.quoted(name) + " needs " + String.join(", ", missing);
  }
}
