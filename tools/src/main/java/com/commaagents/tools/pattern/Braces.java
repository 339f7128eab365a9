package com.commaagents.tools.pattern;

import java.util.ArrayList;
import java.util.List;

/// The alternatives of `{a,b}` in a text, nested ones too.
///
/// Limits: [#MAX_ALTERNATIVES], a text of 4,096 characters; beyond them the text stands for itself
/// alone.
public final class Braces {
  public static final int MAX_ALTERNATIVES = 64;
  private static final int MAX_LENGTH = 4096;

  private Braces() {}

  public static List<String> expand(String text) {
    if (text.length() > MAX_LENGTH) {
      return List.of(text);
    }
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      List<String> alternatives = first(next);
      if (alternatives.size() == 1) {
        done.add(next);
      } else {
        open.addAll(alternatives.reversed());
      }
      if (done.size() + open.size() > MAX_ALTERNATIVES) {
        return List.of(text);
      }
    }
    return done;
  }

  private static List<String> first(String text) {
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      List<Integer> cuts = cuts(text, open);
      if (cuts.size() > 2) {
        List<String> alternatives = new ArrayList<>();
        String before = text.substring(0, open);
        String after = text.substring(cuts.getLast() + 1);
        for (int i = 0; i + 1 < cuts.size(); i++) {
          alternatives.add(before + text.substring(cuts.get(i) + 1, cuts.get(i + 1)) + after);
        }
        return alternatives;
      }
    }
    return List.of(text);
  }

  // The opening brace, its commas, its closing brace; shorter where it does not close.
  private static List<Integer> cuts(String text, int open) {
    List<Integer> cuts = new ArrayList<>(List.of(open));
    int depth = 0;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && depth-- == 0) {
        cuts.add(i);
        return cuts;
      } else if (c == ',' && depth == 0) {
        cuts.add(i);
      }
    }
    return List.of(open);
  }
}
