package com.commaagents.tools.search;

import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.util.Locale;

/// Paths that hold a text, in any case.
final class FoundPaths implements Found {
  private final String query;
  private final FileFilter filter;
  private final int limit;
  private final StringBuilder text = new StringBuilder();
  private int count;
  private boolean full;

  FoundPaths(String query, FileFilter filter, int limit) {
    this.query = query.toLowerCase(Locale.ROOT);
    this.filter = filter;
    this.limit = limit;
  }

  @Override
  public boolean visit(Entry entry) {
    String path = entry.relative().toString();
    if (!filter.takes(entry) || !path.toLowerCase(Locale.ROOT).contains(query)) {
      return true;
    }
    if (count >= limit) {
      full = true;
      return false;
    }
    count++;
    text.append('\n').append(Printable.name(path)).append(entry.facts().isDirectory() ? "/" : "");
    return true;
  }

  @Override
  public boolean enters(Entry folder) {
    return filter.enters(folder);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean isFull() {
    return full;
  }

  @Override
  public int skipped() {
    return 0;
  }

  @Override
  public String text() {
    return text.toString();
  }
}
