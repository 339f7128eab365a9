package com.commaagents.tools.file;

import com.commaagents.tools.disk.Content;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Several replacements in one text, all looked for in the text as it was.
///
/// Limit: the result is at most [Content#MAX_BYTES] characters.
final class TextEdits {
  private TextEdits() {}

  record Edit(String oldText, String newText, int expectedOccurrences) {}

  record Result(String text, int replacements) {}

  private record Range(int start, int end, int edit, String newText) {}

  /// @throws ToolError OLD_TEXT_NOT_FOUND, MULTIPLE_MATCHES, OVERLAPPING_EDITS, FILE_TOO_LARGE
  static Result apply(String text, List<Edit> edits, String shown) throws ToolError {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      ranges.addAll(find(text, edits.get(i), i + 1, shown));
    }
    ranges.sort(Comparator.comparingInt(Range::start));
    long length = text.length();
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      if (i > 0 && ranges.get(i - 1).end() > range.start()) {
        throw overlapping(ranges.get(i - 1), range);
      }
      length += range.newText().length() - (range.end() - range.start());
    }
    if (length > Content.MAX_BYTES) {
      throw new ToolError(
          ErrorKind.FILE_TOO_LARGE,
          shown + " would be larger than " + Content.MAX_BYTES + " characters",
          "make fewer or shorter replacements.");
    }
    return new Result(replace(text, ranges), ranges.size());
  }

  private static List<Range> find(String text, Edit edit, int number, String shown)
      throws ToolError {
    List<Range> found = new ArrayList<>();
    int length = edit.oldText().length();
    int count = 0;
    for (int at = text.indexOf(edit.oldText());
        at >= 0;
        at = text.indexOf(edit.oldText(), at + length)) {
      count++;
      if (count <= edit.expectedOccurrences()) {
        found.add(new Range(at, at + length, number, edit.newText()));
      }
    }
    if (count > edit.expectedOccurrences()) {
      throw new ToolError(
          ErrorKind.MULTIPLE_MATCHES,
          "Edit %d: oldText is in %s %d times, not %d"
              .formatted(number, shown, count, edit.expectedOccurrences()),
          "take more of the text around it into oldText, or set expectedOccurrences.");
    }
    if (count < edit.expectedOccurrences()) {
      throw new ToolError(
          ErrorKind.OLD_TEXT_NOT_FOUND,
          count == 0
              ? "Edit %d: oldText is not in %s".formatted(number, shown)
              : "Edit %d: oldText is in %s %d times, not %d"
                  .formatted(number, shown, count, edit.expectedOccurrences()),
          "read the file with read_file and copy oldText exactly, with its blanks.");
    }
    return found;
  }

  private static ToolError overlapping(Range first, Range second) {
    return new ToolError(
        ErrorKind.OVERLAPPING_EDITS,
        "Edits " + first.edit() + " and " + second.edit() + " touch the same text",
        "join them into one edit.");
  }

  private static String replace(String text, List<Range> ranges) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Range range : ranges) {
      out.append(text, at, range.start()).append(range.newText());
      at = range.end();
    }
    return out.append(text, at, text.length()).toString();
  }
}
