package com.commaagents.tools.search;

import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.TextFile;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.function.Predicate;

/// Lines of text files that are looked for, with lines around them.
///
/// Limits: files of [#MAX_FILE_BYTES], larger ones are counted and passed over; lines are shown up
/// to [#MAX_SHOWN] characters; [#MAX_TEXT] characters in all, then the search counts as full.
final class FoundLines implements Found {
  static final long MAX_FILE_BYTES = 4 << 20;
  static final int MAX_SHOWN = 500;
  static final int MAX_TEXT = 256 << 10;

  private final FileFilter filter;
  private final int limit;
  private final int contextLines;
  private final Predicate<String> wanted;
  private final StringBuilder text = new StringBuilder();
  private int count;
  private int skipped;
  private boolean full;

  FoundLines(FileFilter filter, int limit, int contextLines, Predicate<String> wanted) {
    this.filter = filter;
    this.limit = limit;
    this.contextLines = contextLines;
    this.wanted = wanted;
  }

  @Override
  public boolean visit(Entry entry) throws IOException {
    if (!filter.reads(entry)) {
      return true;
    }
    if (entry.facts().size() > MAX_FILE_BYTES) {
      skipped++;
      return true;
    }
    byte[] bytes;
    try {
      bytes = Content.read(entry.directory(), entry.name()).bytes();
    } catch (ToolError | FileSystemException unreadable) {
      skipped++;
      return true;
    }
    if (!TextFile.isBinary(bytes)) {
      search(
          Printable.name(entry.relative().toString()), new String(bytes, StandardCharsets.UTF_8));
    }
    return !full;
  }

  private void search(String path, String content) {
    List<String> lines = content.lines().toList();
    int shown = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (!wanted.test(lines.get(i))) {
        continue;
      }
      if (count >= limit || text.length() >= MAX_TEXT) {
        full = true;
        return;
      }
      count++;
      int first = Math.max(shown, i - contextLines);
      if (contextLines > 0 && first > shown && shown > 0) {
        text.append("\n--");
      }
      for (int around = first; around < i; around++) {
        show(path, around, "-", lines.get(around));
      }
      show(path, i, ":", lines.get(i));
      shown = i + 1;
      shown = showAfter(path, lines, shown);
    }
  }

  // The lines after a finding, up to the next one.
  private int showAfter(String path, List<String> lines, int from) {
    int at = from;
    while (at < Math.min(lines.size(), from + contextLines) && !wanted.test(lines.get(at))) {
      show(path, at, "-", lines.get(at));
      at++;
    }
    return at;
  }

  private void show(String path, int index, String mark, String line) {
    String bounded = line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    text.append('\n').append(path).append(mark).append(index + 1).append(mark);
    text.append(' ').append(bounded);
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
    return skipped;
  }

  @Override
  public String text() {
    return text.toString();
  }
}
