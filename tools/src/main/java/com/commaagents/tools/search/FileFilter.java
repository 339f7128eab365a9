package com.commaagents.tools.search;

import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.pattern.Glob;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.util.List;

/// Which files a search looks at: those the globs let through and the guard lets read unasked.
final class FileFilter {
  private final List<Glob> includes;
  private final List<Glob> excludes;
  private final Guard guard;
  private int withheld;

  FileFilter(List<Glob> includes, List<Glob> excludes, Guard guard) {
    this.includes = includes;
    this.excludes = excludes;
    this.guard = guard;
  }

  boolean enters(Entry folder) {
    return !DefaultExcludes.contains(folder.name().toString()) && !isExcluded(folder);
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

  /// Whether a file's content is looked at; counts those that a person would have to allow.
  boolean reads(Entry entry) {
    if (!entry.facts().isFile() || !takes(entry)) {
      return false;
    }
    boolean readable = guard.isReadableIn(entry.absolute());
    withheld += readable ? 0 : 1;
    return readable;
  }

  int withheld() {
    return withheld;
  }
}
