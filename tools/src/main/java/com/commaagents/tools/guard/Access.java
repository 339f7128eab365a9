package com.commaagents.tools.guard;

import com.commaagents.engine.tool.ToolSession.Mode;
import java.nio.file.Path;

/// What somebody wants to do to a path.
///
/// @param path resolved, absolute
/// @param workspace the run's working directory, resolved
record Access(Mode mode, Path path, Path workspace) {
  boolean isInside() {
    return path.startsWith(workspace);
  }

  /// The path as the workspace sees it: relative inside, absolute outside.
  Path local() {
    return isInside() ? workspace.relativize(path) : path;
  }
}
