package com.commaagents.tools.search;

import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.util.Locale;

/// Paths that hold a text, in any case.
final class FoundPaths implements Found<Boolean> {
  private final String query;
  private final FileFilter filter;
  private final int limit;
  private final TimeLimit time;
  private final StringBuilder text = new StringBuilder();
  private int count;
  private boolean full;

  FoundPaths(String query, FileFilter filter, int limit, TimeLimit time) {
    this.query = query.toLowerCase(Locale.ROOT);
    this.filter = filter;
    this.limit = limit;
    this.time = time;
  }

  @Override
  public Boolean judge(Entry entry) {
    time.check();
    return entry.relative().toString().toLowerCase(Locale.ROOT).contains(query)
        && filter.takes(entry);
  }

  @Override
  public boolean enters(Entry folder) {
    return filter.enters(folder);
  }

  @Override
  public boolean visit(Entry entry, Boolean wanted) {
    if (!wanted) {
      return true;
    }
    if (count >= limit) {
      full = true;
      return false;
    }
    count++;
    text.append('\n').append(Printable.name(entry.relative().toString()));
    text.append(entry.item().isDirectory() ? "/" : "");
    return true;
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
  public int withheld() {
    return 0;
  }

  @Override
  public String text() {
    return text.toString();
  }
}
