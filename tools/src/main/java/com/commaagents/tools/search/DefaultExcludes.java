package com.commaagents.tools.search;

import java.util.Set;

/// Folders that hold what is made or fetched, not written: nobody looks there unless they name it.
final class DefaultExcludes {
  private static final Set<String> FOLDERS =
      Set.of("node_modules", ".git", "dist", "build", "target", ".next", ".turbo", "coverage");

  private DefaultExcludes() {}

  static boolean contains(String folder) {
    return FOLDERS.contains(folder);
  }

  static String text() {
    return "node_modules, .git, dist, build, target, .next, .turbo and coverage";
  }
}
