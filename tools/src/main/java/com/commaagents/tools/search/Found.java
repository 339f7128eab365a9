package com.commaagents.tools.search;

/// What a search has found so far.
sealed interface Found extends TreeWalk.Visitor permits FoundPaths, FoundLines {
  int count();

  /// Whether there was more than was wanted.
  boolean isFull();

  /// Files that were too large to look at.
  int skipped();

  /// The findings, each on a line of its own that begins with a newline.
  String text();
}
