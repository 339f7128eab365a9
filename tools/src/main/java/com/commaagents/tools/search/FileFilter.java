package com.commaagents.tools.search;

import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.pattern.Glob;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.util.List;

/// Which files a search looks at: those the globs let through and the guard lets read unasked.
/// Thread-safe.
final class FileFilter {
  private final List<Glob> includes;
  private final List<Glob> excludes;
  private final Guard guard;

  FileFilter(List<Glob> includes, List<Glob> excludes, Guard guard) {
    this.includes = List.copyOf(includes);
    this.excludes = List.copyOf(excludes);
    this.guard = guard;
  }

  boolean enters(Entry folder) {
    return !DefaultExcludes.contains(folder.item().name().toString()) && !isExcluded(folder);
  }

  private boolean isExcluded(Entry entry) {
    return excludes.stream().anyMatch(glob -> glob.matches(entry.relative()));
  }

  /// Whether a name is looked at.
  boolean takes(Entry entry) {
    boolean included =
        includes.isEmpty() || includes.stream().anyMatch(glob -> glob.matches(entry.relative()));
    return included && !isExcluded(entry);
  }

  /// Whether a file's content may be looked at without asking.
  boolean mayRead(Entry file) {
    return guard.isReadableIn(file.absolute());
  }
}
