package com.commaagents.strategy.load;

import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.wording.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads `comma-project.json` as a [Project], or says everything that is wrong with it.
/// Thread-safe; reads the disk, keeps nothing.
public final class ProjectLoader {
  private ProjectLoader() {}

  public static ProjectResult check(Path manifest) {
    return switch (StrategyFile.read(manifest)) {
      case StrategyFile.Absent(Rejected reason) -> new ProjectResult.Refused(reason);
      case StrategyFile.Content(Malformed malformed, _) ->
          refused(
              manifest,
              "Failed to parse project manifest: " + Shown.path(manifest),
              List.of(new Problem(malformed.at(), "", malformed.message())),
              0);
      case StrategyFile.Content(Parsed(SourceNode root), _) -> bind(manifest, root);
    };
  }

  private static ProjectResult bind(Path manifest, SourceNode root) {
    Problems problems = new Problems();
    Optional<Project> project = new ProjectBinder(manifest, problems).bind(root);
    return project
        .<ProjectResult>map(ProjectResult.Read::new)
        .orElseGet(() ->
            refused(
                manifest,
                "Invalid project manifest: " + Shown.path(manifest),
                problems.list(),
                problems.omitted()));
  }

  private static ProjectResult refused(
      Path manifest, String headline, List<Problem> problems, int omitted) {
    return new ProjectResult.Refused(
        new Rejected(manifest, FaultCode.INVALID_INPUT, headline, problems, omitted));
  }
}
