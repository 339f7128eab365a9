package com.commaagents.tools.disk;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What changed in a file, as a unified diff.
///
/// Limits: [#MAX_BYTES], then a line says that it was cut; where more than 4,000 lines lie between
/// the first and the last difference, they are one replacement, because comparing them is
/// quadratic. No diff of binary files.
public final class Diff {
  public static final int MAX_BYTES = 64 << 10;
  // The plain algorithm reads better, but takes memory quadratic in the differences.
  private static final int MAX_PLAIN_LINES = 1000;
  private static final int MAX_COMPARED_LINES = 4000;
  private static final int CONTEXT_LINES = 3;
  private static final String CUT = "… the rest of the diff was cut";
  private static final String NO_NEWLINE = "\n\\ No newline at end of file";

  private Diff() {}

  /// Of two contents; an absent file is empty content. Empty where one is binary or nothing
  /// changed.
  public static Optional<String> of(String name, byte[] before, byte[] after) {
    if (TextFile.isBinary(before) || TextFile.isBinary(after)) {
      return Optional.empty();
    }
    List<String> oldLines = lines(before);
    List<String> newLines = lines(after);
    Patch<String> patch = patch(oldLines, newLines);
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            "a/" + name, "b/" + name, oldLines, patch, CONTEXT_LINES);
    return diff.isEmpty() ? Optional.empty() : Optional.of(bounded(diff));
  }

  // A last line without a newline carries the note that diff and patch write after it.
  private static List<String> lines(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + NO_NEWLINE);
    }
    return lines;
  }

  private static Patch<String> patch(List<String> before, List<String> after) {
    int head = 0;
    int shorter = Math.min(before.size(), after.size());
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    List<String> removed = before.subList(head, before.size() - tail);
    List<String> added = after.subList(head, after.size() - tail);
    if (removed.size() + added.size() <= MAX_PLAIN_LINES) {
      return DiffUtils.diff(before, after);
    }
    if (removed.size() + added.size() <= MAX_COMPARED_LINES) {
      return DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>());
    }
    Patch<String> whole = new Patch<>();
    whole.addDelta(new ChangeDelta<>(new Chunk<>(head, removed), new Chunk<>(head, added)));
    return whole;
  }

  private static String bounded(List<String> diff) {
    StringBuilder out = new StringBuilder();
    int bytes = 0;
    for (String line : diff) {
      int next = line.getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes + next + CUT.length() * 3 > MAX_BYTES) {
        return out.append(CUT).append('\n').toString();
      }
      bytes += next;
      out.append(line).append('\n');
    }
    return out.toString();
  }
}
