package com.commaagents.tools.search;

import java.util.ArrayList;
import java.util.List;

/// The findings in one file as they are shown: `PATH:LINE: TEXT`, with `-` for the lines around,
/// and `--` where lines were left out between two findings with lines around them.
final class FoundText {
  private final String path;
  private final List<String> lines;
  private final List<String> findings = new ArrayList<>();
  private int shown;
  private int length;

  FoundText(String path, List<String> lines) {
    this.path = path;
    this.lines = lines;
  }

  /// Adds a finding with the lines from one index up to, without, another.
  void add(int first, int found, int end) {
    StringBuilder text = new StringBuilder();
    boolean around = first < found || end > found + 1;
    if (around && first > shown && shown > 0) {
      text.append("\n--");
    }
    for (int i = first; i < end; i++) {
      show(i, i == found ? ":" : "-", text);
    }
    shown = end;
    length += text.length();
    findings.add(text.toString());
  }

  private void show(int index, String mark, StringBuilder text) {
    String line = lines.get(index);
    text.append('\n').append(path).append(mark).append(index + 1).append(mark).append(' ');
    if (line.length() <= FoundLines.MAX_SHOWN) {
      text.append(line);
    } else {
      text.append(line, 0, FoundLines.MAX_SHOWN).append('…');
    }
  }

  int count() {
    return findings.size();
  }

  /// How many lines, from the first, have been shown or passed over.
  int shown() {
    return shown;
  }

  int length() {
    return length;
  }

  List<String> findings() {
    return findings;
  }
}
