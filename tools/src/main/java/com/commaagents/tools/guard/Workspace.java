package com.commaagents.tools.guard;

import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession.Verdict;
import java.io.IOException;
import java.nio.file.Path;

/// Where the tools of a run work, and what holds for all their guards.
///
/// @param root the working directory, its links followed once when the run's tools are made
/// @param home the user's home folder
/// @param commands what happens to a command that no pattern decides
public record Workspace(ToolScope scope, Path root, Path home, Verdict commands) {
  public static Workspace of(ToolScope scope, Path home, Verdict commands) {
    return new Workspace(scope, real(scope.workingDirectory()), home, commands);
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException missing) {
      return directory.toAbsolutePath().normalize();
    }
  }
}
