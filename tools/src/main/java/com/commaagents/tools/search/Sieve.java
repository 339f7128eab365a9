package com.commaagents.tools.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks through folders for a walk, faster than the walk could, and rules files out.
interface Sieve {
  /// Whether it can speak of a file or folder, by its path from where the walk began. What it
  /// cannot speak of is left to the walk.
  boolean knows(Path relative);

  /// Looks through folders, but not through those in them.
  ///
  /// @param most files it may name
  /// @return the paths of files, among them each one in these folders that holds what is looked
  ///   for; or empty where that cannot be told, or they are more
  /// @throws TimeLimit.Stopped when the search is to end
  Optional<Set<String>> mayHold(List<Path> folders, int most) throws InterruptedException;
}
