package com.commaagents.packages.install;

import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.load.ProjectLoader;
import com.commaagents.strategy.load.ProjectResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What another version of a package may do that the one before may not, and the other way round.
public final class PermissionChanges {
  private PermissionChanges() {}

  /// A line for each direction; none where nothing changes, or where it is not known what the one
  /// before may do.
  ///
  /// @param before the folder of the installed version
  public static List<String> between(Path before, Project now) {
    return switch (ProjectLoader.check(before.resolve(Project.FILE_NAME))) {
      case ProjectResult.Refused _ -> List.of();
      case ProjectResult.Read(Project project) -> between(project.permissions(), now.permissions());
    };
  }

  private static List<String> between(Permissions before, Permissions now) {
    List<String> changes = new ArrayList<>();
    List<String> gained = before.missingFor(now);
    if (!gained.isEmpty()) {
      changes.add("It now has the permissions " + String.join(", ", gained) + ".");
    }
    List<String> lost = now.missingFor(before);
    if (!lost.isEmpty()) {
      changes.add("It has no longer the permissions " + String.join(", ", lost) + ".");
    }
    return changes;
  }
}
