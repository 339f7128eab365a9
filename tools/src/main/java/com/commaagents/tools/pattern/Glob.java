package com.commaagents.tools.pattern;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A pattern over paths: as [Wildcard] within a name, `**` for any number of folders, `{a,b}` for
/// alternatives (as [Braces]). Every text is a pattern.
///
/// Cost of a match: length of the pattern times length of the path, for each alternative.
/// Immutable.
public final class Glob {
  private static final String ANY_FOLDERS = "**";

  private final List<List<String>> alternatives = new ArrayList<>();
  private final List<List<Wildcard>> wildcards = new ArrayList<>();

  private final boolean absolute;

  private Glob(String pattern) {
    absolute = pattern.startsWith("/");
    for (String alternative : Braces.expand(pattern)) {
      List<String> segments = segments(alternative);
      alternatives.add(segments);
      wildcards.add(segments.stream().map(Wildcard::of).toList());
    }
  }

  public static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /// As [#of], but a pattern without a slash fits a name in any folder.
  public static Glob anywhere(String pattern) {
    return new Glob(pattern.contains("/") ? pattern : ANY_FOLDERS + "/" + pattern);
  }

  private static List<String> segments(String pattern) {
    List<String> segments = new ArrayList<>();
    for (String segment : pattern.split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /// Whether the whole path fits; roots and leading `./` are not looked at.
  public boolean matches(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    names.removeIf(String::isEmpty);
    for (int i = 0; i < alternatives.size(); i++) {
      if (matches(alternatives.get(i), wildcards.get(i), names)) {
        return true;
      }
    }
    return false;
  }

  /// Whether it begins at the root.
  public boolean isAbsolute() {
    return absolute;
  }

  /// How many names the longest path that fits can have.
  public int maxDepth() {
    return alternatives.stream()
        .mapToInt(segments -> segments.contains(ANY_FOLDERS) ? Integer.MAX_VALUE : segments.size())
        .max()
        .orElse(0);
  }

  /// Whether a folder name stands in the pattern as it is, so that it is meant.
  public boolean names(String folder) {
    return alternatives.stream().anyMatch(segments -> segments.contains(folder));
  }

  private static boolean matches(
      List<String> segments, List<Wildcard> wildcards, List<String> names) {
    int segment = 0;
    int name = 0;
    int star = -1;
    int starName = 0;
    while (name < names.size()) {
      if (segment < segments.size() && segments.get(segment).equals(ANY_FOLDERS)) {
        star = segment++;
        starName = name;
      } else if (segment < segments.size() && wildcards.get(segment).matches(names.get(name))) {
        segment++;
        name++;
      } else if (star >= 0) {
        segment = star + 1;
        name = ++starName;
      } else {
        return false;
      }
    }
    while (segment < segments.size() && segments.get(segment).equals(ANY_FOLDERS)) {
      segment++;
    }
    return segment == segments.size();
  }
}
