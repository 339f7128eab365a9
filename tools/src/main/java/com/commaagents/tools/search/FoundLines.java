package com.commaagents.tools.search;

import com.commaagents.tools.disk.FileBytes;
import com.commaagents.tools.disk.FileReader;
import com.commaagents.tools.disk.TextFile;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.search.FoundLines.Look;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/// Lines of text files that are looked for, with lines around them.
///
/// Limits: files of [#MAX_FILE_BYTES], larger ones are counted and passed over; lines are shown up
/// to [#MAX_SHOWN] characters; [#MAX_TEXT] characters in all, then the search counts as full.
final class FoundLines implements Found<Look> {
  static final int MAX_FILE_BYTES = 4 << 20;
  static final int MAX_SHOWN = 500;
  static final int MAX_TEXT = 256 << 10;

  private static final Look NOTHING = new Look.Hits(List.of());

  private final FileFilter filter;
  private final int limit;
  private final int contextLines;
  private final Needle needle;
  private final StringBuilder text = new StringBuilder();
  private int count;
  private int skipped;
  private int withheld;
  private boolean full;

  FoundLines(FileFilter filter, int limit, int contextLines, Needle needle) {
    this.filter = filter;
    this.limit = limit;
    this.contextLines = contextLines;
    this.needle = needle;
  }

  /// What is known of a file.
  sealed interface Look {
    /// It is not searched.
    record Passed() implements Look {}

    /// It is to be read.
    record Wanted() implements Look {}

    /// A person would have to allow that it is read.
    record Withheld() implements Look {}

    /// It is too large or cannot be read.
    record Skipped() implements Look {}

    /// @param shown each finding as it is shown, with the lines around it; more than the limits let
    ///   through are not all there
    record Hits(List<String> shown) implements Look {
      public Hits {
        shown = List.copyOf(shown);
      }
    }
  }

  @Override
  public Look judge(Entry entry) {
    if (!entry.item().isFile() || !filter.takes(entry)) {
      return new Look.Passed();
    }
    if (!filter.mayRead(entry)) {
      return new Look.Withheld();
    }
    return entry.item().size() > MAX_FILE_BYTES ? new Look.Skipped() : new Look.Wanted();
  }

  @Override
  public boolean enters(Entry folder) {
    return filter.enters(folder);
  }

  @Override
  public boolean needsReading(Look look) {
    return look instanceof Look.Wanted;
  }

  @Override
  public Look read(Entry file, Look look, FileReader reader) throws IOException {
    Optional<FileBytes> content;
    try {
      content = reader.read(file.item(), MAX_FILE_BYTES);
    } catch (FileSystemException unreadable) {
      return new Look.Skipped();
    }
    if (content.isEmpty()) {
      return new Look.Skipped();
    }
    return needle.mayBeIn(content.get()) ? look(file, content.get()) : NOTHING;
  }

  private Look look(Entry file, FileBytes content) {
    byte[] bytes = content.copy();
    if (TextFile.isBinary(bytes)) {
      return NOTHING;
    }
    String text = withoutMark(new String(bytes, StandardCharsets.UTF_8));
    return needle.isIn(text) ? hits(file, text.lines().toList()) : NOTHING;
  }

  private static String withoutMark(String content) {
    return content.startsWith("\uFEFF") ? content.substring(1) : content;
  }

  // Each finding has the lines before it that the one before has not shown, and those after it.
  private Look hits(Entry file, List<String> lines) {
    FoundText found = new FoundText(Printable.name(file.relative().toString()), lines);
    for (int i = 0; i < lines.size(); i++) {
      if (!needle.isInLine(lines.get(i))) {
        continue;
      }
      if (found.count() >= limit || found.length() >= MAX_TEXT) {
        // That there is one more is all that matters.
        found.add(i, i, i);
        break;
      }
      found.add(Math.max(found.shown(), i - contextLines), i, afterwards(lines, i + 1));
    }
    return new Look.Hits(found.findings());
  }

  // Where the lines after a finding end: at the next one, which has its own.
  private int afterwards(List<String> lines, int from) {
    int at = from;
    while (at < Math.min(lines.size(), from + contextLines) && !needle.isInLine(lines.get(at))) {
      at++;
    }
    return at;
  }

  @Override
  public boolean visit(Entry entry, Look look) {
    switch (look) {
      case Look.Passed _ -> {}
      case Look.Wanted _ -> throw new IllegalStateException("not read");
      case Look.Withheld _ -> withheld++;
      case Look.Skipped _ -> skipped++;
      case Look.Hits(List<String> shown) -> shown.forEach(this::add);
    }
    return !full;
  }

  private void add(String finding) {
    if (full || count >= limit || text.length() >= MAX_TEXT) {
      full = true;
      return;
    }
    count++;
    text.append(finding);
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
  public int withheld() {
    return withheld;
  }

  @Override
  public String text() {
    return text.toString();
  }
}
