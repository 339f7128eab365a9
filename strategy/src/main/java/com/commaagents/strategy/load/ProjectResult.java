package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.load.LoadResult.Rejected;

/// What reading a manifest gave.
public sealed interface ProjectResult {
  record Read(Project project) implements ProjectResult {}

  record Refused(Rejected reason) implements ProjectResult {}
}
